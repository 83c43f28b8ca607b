import { ApiError } from '../api/errors.mjs';

/** A whole number of the query; undefined when it is not there and need not be. */
export function numberOf(query, name, isRequired = false) {
  const text = query.get(name);
  if (text === null || text === '') {
    if (isRequired) throw new ApiError(40058);
    return undefined;
  }
  if (!/^\d+$/.test(text)) throw new ApiError(40058);
  return Number(text);
}

export function useridOf(query) {
  const userid = query.get('userid');
  if (!userid) throw new ApiError(41009);
  return userid;
}
