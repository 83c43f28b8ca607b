import type { PullOptions } from './config';

/** Names that mostly stand for a secret, and not always. */
const LIKELY = /(?:^|[-_])(?:key|token|auth|pwd|sig|signature)$|apikey|accesskey|accesstoken|secret|passw/i;

/** Where options name something that may be a secret, and hold it in clear: headers, and parameters of addresses. */
export function namedLikeSecrets(options: PullOptions): string[] {
  const { headers, users, departments, tokenUrl, tokenParameters } = options;
  const names = [
    ...headers.map(({ name }) => name),
    ...[users?.url, departments?.url, tokenUrl].flatMap((url) =>
      url !== undefined && URL.canParse(url) ? [...new URL(url).searchParams.keys()] : [],
    ),
    ...Object.keys(tokenParameters),
  ];
  return [...new Set(names.filter((name) => LIKELY.test(name)))];
}
