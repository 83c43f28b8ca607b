/** Ids of what stands beside a control, and tells screen readers more of it. */
export const helpId = (id: string): string => `${id}__help`;
export const errorsId = (id: string): string => `${id}__errors`;
