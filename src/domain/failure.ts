/**
 * Why Atlas could not be read: a closed set, safe as a label value, each with the words a person
 * needs to mend it.
 */
export const failureReasons = {
  auth: 'Atlas refused the credentials. Check that the key or service account exists, is enabled and has not expired.',
  forbidden: 'The credentials work but lack a role here. Grant Project Read Only on this project.',
  ip_not_allowed:
    'Atlas does not accept the address of this exporter. Add it to the access list of the key or service account.',
  not_found:
    'Atlas did not find it. It was deleted or renamed, or the id in the configuration is wrong.',
  rate_limited: 'The rate limit of Atlas did not reset within this poll.',
  server:
    'Atlas answered with an error. Status 500 and above is usually temporary; otherwise see the code.',
  timeout: 'Atlas did not answer in time.',
  network: 'Atlas could not be reached. Check DNS, firewall, proxy and routes.',
  tls: 'The TLS connection could not be trusted. Check certificates, the CA bundle and interception.',
  too_large: 'The answer exceeded the size limit and was not read.',
  bad_content_type: 'The answer was not JSON. A proxy may have answered instead of Atlas.',
  bad_json: 'The answer was not complete JSON.',
  bad_schema: 'The answer was JSON, but not what the API documents.',
  pagination: 'The pages of the listing did not end or repeated themselves.',
  unconfirmed:
    'The newest snapshot known is missing from the listing. A second listing has to confirm that; until then the data from before stays.',
  restarted:
    'The exporter was restarted and has not read it since. What is shown is from its state file.',
  version_gone: 'Atlas has removed this version of the API. Update the exporter.',
  redirect: 'Atlas answered with a redirect, which is never followed. Check base_url.',
  internal: 'Internal error of the exporter. Please report it, with the log.',
} as const;

export type FailureReason = keyof typeof failureReasons;

/** One failed read, as data. `detail` is safe to show: no secret, no body. */
export type Failure = {
  readonly reason: FailureReason;
  /** Name of the API call, as in the label `endpoint`. */
  readonly endpoint: string;
  /** HTTP status, Atlas's error code or the system's error code; empty when there is none. */
  readonly detail: string;
};
