import { readFileSync } from 'node:fs';
import { hashSync } from 'bcryptjs';
import { newAuthority } from '../../web/listening/certificates.ts';
import { namespace, release } from './helm.ts';
import type { Manifest } from './shapes.ts';

type Objects = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Secrets and ConfigMaps by their names, decoded. */
export type Outside = { readonly secrets: Objects; readonly configMaps: Objects };

/** That whose hash stands in the values of the cases. */
const password = 'secret';

const accounts = `accounts:
  - auth:
      service_account:
        client_id_file: ../credentials/client_id
        client_secret_file: ../credentials/client_secret
web: { listen_address: "0.0.0.0:9090", telemetry_path: /atlas }
`;
const inline = 'accounts: [{ auth: { api_key: { public_key: a, private_key: b } } }]\n';
const web = `tls_server_config: { cert_file: tls.crt, key_file: tls.key }
basic_auth_users: { prometheus: "${hashSync(password, 4)}" }
`;

/** What the cases expect to be there beside the release; its certificates lie in the folder. */
export function outsideOf(folder: string): Outside {
  const authority = newAuthority(folder, 'ca');
  const text = (file: string) => readFileSync(file, 'utf8');
  const service = `DNS:${release}-mongodbatlas-backup-exporter.${namespace}.svc`;
  const server = authority.issue('server', `${service},DNS:backups.example.net`);
  const client = authority.issue('prometheus', 'DNS:prometheus.example.net');
  const ca = { 'ca.crt': text(authority.cert) };
  const pair = ({ cert, key }: { readonly cert: string; readonly key: string }) => ({
    'tls.crt': text(cert),
    'tls.key': text(key),
  });
  const account = { client_id: 'mdb_sa_id_1', client_secret: 'mdb_sa_sk_1' };
  const user = { username: 'prometheus', user: 'prometheus', password, pass: password };
  return {
    secrets: {
      atlas: { ...account, clientId: 'mdb_sa_id_1', clientSecret: 'mdb_sa_sk_1' },
      'atlas-key': { public_key: 'abcdwxyz', private_key: 'a-private-key' },
      'atlas-eu': { public: 'abcdwxyz', private: 'a-private-key' },
      'atlas-us': { id: 'mdb_sa_id_2', secret: 'mdb_sa_sk_2' },
      'atlas-credentials': account,
      [`${release}-mongodbatlas-backup-exporter-credentials`]: account,
      [`${release}-backups-credentials`]: account,
      'exporter-tls': { ...pair(server), ...ca },
      'clients-ca': ca,
      'prometheus-client': pair(client),
      'exporter-password': user,
      'our-config': { 'config.yaml': inline },
      'our-web-config': { 'web.yaml': web },
    },
    configMaps: { 'company-ca': ca, 'our-config': { 'atlas.yaml': accounts } },
  };
}

/** With what the release itself brings. */
export function together(
  { secrets, configMaps }: Outside,
  manifests: readonly Manifest[],
): Outside {
  const brought = (of: string) =>
    Object.fromEntries(
      manifests
        .filter(({ kind }) => kind === of)
        .map(({ metadata, data, stringData }) => [metadata.name, { ...data, ...stringData }]),
    );
  return {
    secrets: { ...secrets, ...brought('Secret') },
    configMaps: { ...configMaps, ...brought('ConfigMap') },
  };
}
