export { departmentsTarget } from './adapter';
export { Department } from './department.entity';
export { Membership } from './membership.entity';
export { chooseMainDepartment } from './sql/choose-main-department';
export { LOCK_DEPARTMENT_TREE } from './sql/lock-tree';

import { departmentsTarget } from './adapter';

/** What Rollcall loads. */
export const adapters = [departmentsTarget];
