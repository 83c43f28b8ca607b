/**
 * JSON pointer (RFC 6901) of an option as an adapter names it: by the names on the way to it, and the places in lists, from
 * 0. Adapters write `proxy.port`, `attributes/0/field` and `attributes[0].field`.
 */
export function optionPointer(field: string): string {
  const path = field
    .replaceAll(/\[(\d+)\]/g, '/$1')
    .replaceAll('.', '/')
    .split('/')
    .filter((part) => part !== '');
  return ['/options', ...path].join('/');
}
