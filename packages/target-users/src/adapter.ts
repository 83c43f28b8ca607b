import { defineTarget } from '@rollcall/core';
import { applyUsers } from './apply';
import { MESSAGES } from './messages';
import { Users1764000000020 } from './migrations/1764000000020-users';
import { purgeUsers } from './sql/purge-users';
import { userImage } from './sql/user-image';
import { User } from './user.entity';
import { VERSION } from './version';

/** Keeps the users table. Departments of a user are the business of the `departments` target. */
export const usersTarget = defineTarget({
  id: 'users',
  title: 'Users',
  description: 'Rollcall’s own table of users. It keeps what sources say of people, and what is edited by hand.',
  texts: {
    fr: {
      title: 'Utilisateurs',
      description:
        'La table des utilisateurs de Rollcall. Elle garde ce que les sources disent des personnes, et ce qui est modifié à la main.',
      messages: MESSAGES.fr,
    },
    'zh-CN': {
      title: '用户',
      description: 'Rollcall 自己的用户表，保存数据源提供的人员信息和手动编辑的内容。',
      messages: MESSAGES['zh-CN'],
    },
  },
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
