import type { Caller } from '../access/credentials.ts';
import { type Api, selfLink } from '../api/links.ts';

/** What a caller asks to learn whether its credentials work. There is no key behind a bearer token. */
export function rootReply(api: Api, caller: Caller): object {
  const apiKey = {
    accessList: [],
    id: '5f00000000000000000000aa',
    publicKey: caller.name,
    roles: (caller.projects ?? []).map((groupId) => ({ groupId, roleName: 'GROUP_READ_ONLY' })),
  };
  return {
    apiKey: caller.kind === 'apiKey' ? apiKey : null,
    appName: 'MongoDB Atlas',
    build: '0000000000000000000000000000000000000000',
    links: [selfLink(api, '')],
    throttling: false,
  };
}
