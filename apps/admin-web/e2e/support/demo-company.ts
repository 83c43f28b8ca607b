import type { CompanyOptions } from '../../../../tools/fake-wecom/server.mjs';

type Department = CompanyOptions['departments'][number];
type Member = NonNullable<CompanyOptions['members']>[number];

/** Id, parent, name: a company as many have it, in two languages. */
const DEPARTMENTS: readonly (readonly [number, number, string])[] = [
  [1, 0, '星河科技'],
  [2, 1, '研发中心'],
  [3, 2, '平台组'],
  [4, 2, '前端组'],
  [5, 2, '数据组'],
  [6, 1, '产品部'],
  [7, 1, '市场部'],
  [8, 1, '销售部'],
  [9, 8, '华东大区'],
  [10, 8, 'International Sales'],
  [11, 10, 'Europe'],
  [12, 1, '人力资源部'],
  [13, 1, '财务部'],
];

const CHINESE =
  '王芳 李伟 张敏 刘洋 陈静 杨帆 赵磊 黄丽 周杰 吴婷 徐明 孙悦 马超 朱琳 胡军 郭雪 何平 林晓 高远 罗曼 梁宇 宋佳 郑凯 谢娜'.split(
    ' ',
  );
const LATIN = [
  'Amélie Laurent',
  'Lukas Weber',
  'Sofia Rossi',
  'James Carter',
  'Emma Dubois',
  'Noah Lindqvist',
  'Priya Nair',
  'Tomás Ortega',
  'Grace Okafor',
  'Yusuf Demir',
];
const POSITIONS = ['工程师', '产品经理', '销售经理', 'Account Manager', '数据分析师', '招聘专员', '会计'];

function department([id, parentid, name]: readonly [number, number, string]): Department {
  return { id, parentid, name, order: 1000 - id };
}

function member(name: string, n: number): Member {
  const home = 2 + (n % (DEPARTMENTS.length - 1));
  const department = n % 7 === 0 ? [home, 6] : [home];
  const userid = `u${String(1001 + n)}`;
  return {
    userid,
    name,
    department,
    order: department.map(() => 0),
    is_leader_in_dept: department.map((_, place) => (n < DEPARTMENTS.length - 1 && place === 0 ? 1 : 0)),
    direct_leader: n < DEPARTMENTS.length - 1 ? [] : [`u${String(1001 + (n % (DEPARTMENTS.length - 1)))}`],
    main_department: home,
    position: POSITIONS[n % POSITIONS.length] ?? '',
    mobile: `1380000${String(1001 + n)}`,
    biz_mail: `${userid}@xinghe.example`,
  };
}

/** Who is shown in pictures; nobody of them exists. */
export const DEMO_COMPANY: CompanyOptions = {
  departments: DEPARTMENTS.map(department),
  members: [...CHINESE, ...LATIN].map(member),
};
