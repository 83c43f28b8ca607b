/** What whoever writes an adapter works with: the commands `rollcall dev` and `rollcall pull`. */
export { packageIn } from './adapters/find-package';
export { develop } from './inner-loop/develop';
export { findSource } from './inner-loop/find-source';
export { pullOnce } from './inner-loop/pull-once';
