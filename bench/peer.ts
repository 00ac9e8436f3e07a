import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { familiesOf } from './page.ts';
import { newFolder } from './places.ts';
import { type Running, start } from './processes.ts';

/** A server that is measured beside ours. */
export type Peer = {
  readonly metrics: string;
  readonly process: Running;
  readonly stop: () => Promise<void>;
};

/** Sends a kept buffer. */
export async function startStatic(gzipped: Buffer): Promise<Peer> {
  const file = join(await newFolder(), 'page.gz');
  await writeFile(file, gzipped);
  return listening(nodePeer('static.ts', file));
}

/** The families of a page in a file, for peers that serve them. */
export async function familiesFile(page: string): Promise<string> {
  const file = join(await newFolder(), 'families.json');
  await writeFile(file, JSON.stringify(familiesOf(page)));
  return file;
}

export function startPromClient(families: string): Promise<Peer> {
  return listening(nodePeer('prom-client.ts', families));
}

export function startClientGolang(binary: string, families: string): Promise<Peer> {
  return listening(start({ file: binary, args: [families] }));
}

function nodePeer(name: string, file: string): Running {
  const path = join(import.meta.dirname, 'peers', name);
  return start({ file: process.execPath, args: [path, file], asked: true });
}

async function listening(peer: Running): Promise<Peer> {
  const url = await peer.printed(/listening on (http\S+)/);
  return { metrics: `${url}/metrics`, process: peer, stop: peer.stop };
}
