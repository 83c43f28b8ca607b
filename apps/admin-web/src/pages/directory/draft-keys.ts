/** What `useDraft` keeps the forms of people and departments under; their pages look whether one was left open. */
export const DRAFTS = {
  newUser: 'user:new',
  user: (id: number) => `user:${id}`,
  newDepartment: 'department:new',
  department: (id: number) => `department:${id}`,
  /** The record that is linked to a user. */
  link: (userId: number) => `link:${userId}`,
  /** One side is known. */
  membership: ({ user, department }: { user?: { id: number } | undefined; department?: { id: number } | undefined }) =>
    `membership:${user?.id ?? ''}:${department?.id ?? ''}`,
} as const;
