import { defineTarget } from '@rollcall/core';
import { applyDepartments } from './apply-departments';
import { applyMemberships } from './apply-memberships';
import { Department } from './department.entity';
import { Membership } from './membership.entity';
import { MESSAGES } from './messages';
import { Departments1764000000030 } from './migrations/1764000000030-departments';
import { FormerMainDepartments1764000000265 } from './migrations/1764000000265-former-main-departments';
import { departmentImage } from './sql/department-image';
import { membersOf } from './sql/members-of';
import { membershipsImage } from './sql/memberships-image';
import { neededElsewhere } from './sql/needed-elsewhere';
import { purgeDepartments, purgeMembers } from './sql/purge';
import { VERSION } from './version';

/**
 * Keeps departments, and from user records who is a member where. Comes after `users`: a membership needs its user.
 * Department records are applied before user records, so that what a user names is there.
 */
export const departmentsTarget = defineTarget({
  id: 'departments',
  title: 'Departments',
  description: 'Rollcall’s own tree of departments, and who belongs to which. Members come from user records.',
  texts: {
    fr: {
      title: 'Départements',
      description:
        'L’arborescence des départements de Rollcall, et qui appartient à chacun. Les membres viennent des enregistrements d’utilisateurs.',
      messages: MESSAGES.fr,
    },
    'zh-CN': {
      title: '部门',
      description: 'Rollcall 自己的部门树，以及各部门的成员。成员来自用户记录。',
      messages: MESSAGES['zh-CN'],
    },
  },
  version: VERSION,
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
  dataTypes: {
    department: { fields: { except: [] }, owns: true, canDisable: false, image: departmentImage },
    user: { fields: { only: ['departments'] }, owns: false, canDisable: false, image: membershipsImage },
  },
  after: ['users'],
  tables: {
    entities: [Department, Membership],
    migrations: [Departments1764000000030, FormerMainDepartments1764000000265],
  },
  resources: {
    department: {
      table: 'departments',
      newId: `nextval('departments_id_seq')`,
      lockedColumn: 'locked_fields',
      updatedColumn: 'updated_at',
      neededElsewhere,
      membersOf,
    },
  },
  apply: (batch, { sql }) =>
    batch.dataType === 'department' ? applyDepartments(batch, sql) : applyMemberships(batch, sql),
  purge: async (purge, { sql }) => {
    await sql.query(purge.dataType === 'department' ? purgeDepartments(purge) : purgeMembers(purge));
  },
});
