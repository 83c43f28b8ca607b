import { defineTarget } from '@rollcall/core';
import { applyUsers } from './apply';
import { Users1764000000020 } from './migrations/1764000000020-users';
import { purgeUsers } from './sql/purge-users';
import { userImage } from './sql/user-image';
import { User } from './user.entity';
import { VERSION } from './version';

/** Keeps the users table. Departments of a user are the business of the `departments` target. */
export const usersTarget = defineTarget({
  id: 'users',
  title: 'Users',
  texts: { fr: { title: 'Utilisateurs' }, 'zh-CN': { title: '用户' } },
  version: VERSION,
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
  dataTypes: { user: { fields: { except: ['departments'] }, owns: true, canDisable: true, image: userImage } },
  tables: { entities: [User], migrations: [Users1764000000020] },
  resources: {
    user: {
      table: 'users',
      newId: `nextval('users_id_seq')`,
      matchKeys: { username: 'username', email: 'email', phone: 'phone' },
      protectedColumn: 'protected',
      lockedColumn: 'locked_fields',
      updatedColumn: 'updated_at',
    },
  },
  apply: applyUsers,
  purge: async (purge, { sql }) => {
    await sql.query(purgeUsers(purge));
  },
});
