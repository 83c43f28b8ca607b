import type { Invitation } from '../../api/types';

/** What can be done with one account. */
export type AdminAction = 'edit' | 'renew' | 'remove';

/** A link that shows once, and for whom it is. */
export interface LinkFor {
  username: string;
  invitation: Invitation;
}
