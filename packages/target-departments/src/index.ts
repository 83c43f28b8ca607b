export { departmentsTarget } from './adapter';
export { Department } from './department.entity';
export { Membership } from './membership.entity';
export { chooseMainDepartment } from './sql/choose-main-department';

import { departmentsTarget } from './adapter';

/** What Rollcall loads. */
export const adapters = [departmentsTarget];
