import { messagesIn } from '@rollcall/core';

/** What the service says of single records, in the other languages. */
export const RECORD_MESSAGES = messagesIn(['fr', 'zh-CN'], {
  // Why a record is refused before it is looked at further (`readRecord` in @rollcall/core).
  'The record is not an object: send {"uid": …} with its fields.': [
    'L’enregistrement n’est pas un objet : envoyez {"uid": …} avec ses champs.',
    '记录不是对象：请发送 {"uid": …} 及其字段。',
  ],
  'The record has no uid: send the id that never changes in your system.': [
    'L’enregistrement n’a pas d’uid : envoyez l’identifiant qui ne change jamais dans votre système.',
    '记录没有 uid：请发送您系统中永不改变的标识。',
  ],
  'The record is not plain JSON: a field of it cannot be read.': [
    'L’enregistrement n’est pas du JSON simple : un de ses champs est illisible.',
    '记录不是普通 JSON：其中有字段无法读取。',
  ],
  'A department needs a title: send "title".': [
    'Un département a besoin d’un titre : envoyez « title ».',
    '部门需要名称：请发送 "title"。',
  ],
  'The record is larger than {size} kB: send fewer or shorter fields.': [
    'L’enregistrement dépasse {size} ko : envoyez moins de champs, ou des champs plus courts.',
    '记录超过 {size} kB：请减少或缩短字段。',
  ],
  'Nothing to attach this to: the record failed on {target}. See its failure there.': [
    'Rien à quoi rattacher ceci : l’enregistrement a échoué sur {target}. Voyez son échec là-bas.',
    '没有可附加的对象：该记录在 {target} 上失败。请查看其在该处的失败原因。',
  ],
  '{field} must be text: send it as a string.': [
    '{field} doit être un texte : envoyez une chaîne.',
    '{field} 必须是文本：请以字符串发送。',
  ],
  '{field} must be text or a whole number: send it as a string.': [
    '{field} doit être un texte ou un nombre entier : envoyez une chaîne.',
    '{field} 必须是文本或整数：请以字符串发送。',
  ],
  '{field} is a number too large to be exact: send it as a string.': [
    '{field} est un nombre trop grand pour être exact : envoyez une chaîne.',
    '{field} 的数字过大，无法精确表示：请以字符串发送。',
  ],
  '{field} is longer than {n} characters: send a shorter one.': [
    '{field} dépasse {n} caractères : envoyez une valeur plus courte.',
    '{field} 超过 {n} 个字符：请发送更短的值。',
  ],
  '{field} is not an e-mail address: it needs text on both sides of one @, and no space.': [
    '{field} n’est pas une adresse e-mail : il faut du texte de chaque côté d’un seul @, et aucun espace.',
    '{field} 不是电子邮件地址：一个 @ 的两侧都要有文本，且不能有空格。',
  ],
  '{field} is empty: send a uid, or leave it out.': [
    '{field} est vide : envoyez un uid, ou omettez-le.',
    '{field} 为空：请发送 uid，或不发送此项。',
  ],
  '{field} contains a NUL character or half of a surrogate pair: remove it.': [
    '{field} contient un caractère NUL ou une demi-paire de substitution : retirez-le.',
    '{field} 含有 NUL 字符或不完整的代理对：请去除。',
  ],
  '{field} contains a NUL character or half of a surrogate pair, which cannot be stored: remove it.': [
    '{field} contient un caractère NUL ou une demi-paire de substitution, qui ne peut être enregistré : retirez-le.',
    '{field} 含有无法存储的 NUL 字符或不完整的代理对：请去除。',
  ],
  'The department names itself as its parent: send another parentUid, or null for a root.': [
    'Le département se nomme lui-même comme parent : envoyez un autre parentUid, ou null pour une racine.',
    '部门以自身为上级：请发送其他 parentUid，根部门请发送 null。',
  ],
  '{field} must be true or false (0, 1, "true" and "false" will do).': [
    '{field} doit être true ou false (0, 1, "true" et "false" conviennent).',
    '{field} 必须是 true 或 false（0、1、"true"、"false" 也可以）。',
  ],
  '{field} must be a whole number of at most 15 digits.': [
    '{field} doit être un nombre entier de 15 chiffres au plus.',
    '{field} 必须是不超过 15 位的整数。',
  ],
  '{field} must be a list of uids.': ['{field} doit être une liste d’uid.', '{field} 必须是 uid 列表。'],
  '{field} must be a list of departments.': [
    '{field} doit être une liste de départements.',
    '{field} 必须是部门列表。',
  ],
  '{field} must be a uid, or {"uid", "isMain", "isOwner"}.': [
    '{field} doit être un uid, ou {"uid", "isMain", "isOwner"}.',
    '{field} 必须是 uid，或 {"uid", "isMain", "isOwner"}。',
  ],
  '{field} marks more than one as isMain: mark one at most.': [
    '{field} marque plusieurs départements comme isMain : marquez-en un au plus.',
    '{field} 将多个部门标为 isMain：最多标一个。',
  ],
  'departmentsSeen must be "part": leave it out when the list of departments is whole.': [
    'departmentsSeen doit valoir "part" : omettez-le quand la liste des départements est entière.',
    'departmentsSeen 只能是 "part"：部门列表完整时请不要发送。',
  ],
  '{field} is nested too deeply: send a flatter value.': [
    '{field} est trop imbriqué : envoyez une valeur plus plate.',
    '{field} 嵌套过深：请发送更扁平的值。',
  ],
  '{field} is not plain JSON: send text, numbers, lists or objects.': [
    '{field} n’est pas du JSON simple : envoyez du texte, des nombres, des listes ou des objets.',
    '{field} 不是普通 JSON：请发送文本、数字、列表或对象。',
  ],
  'Records {one} and {other} have this uid and say different things. Send it once.': [
    'Les enregistrements {one} et {other} ont cet uid et disent des choses différentes. Envoyez-le une seule fois.',
    '记录 {one} 和 {other} 使用同一 uid 但内容不同。请只发送一次。',
  ],
  'The rename names no new uid: send "to".': [
    'Le renommage ne donne pas de nouvel uid : envoyez "to".',
    '改名没有给出新的 uid：请发送 "to"。',
  ],
  'The new uid belongs to another record of this source. Rollcall merges nobody: rename or delete that one first.': [
    'Le nouvel uid appartient à un autre enregistrement de cette source. Rollcall ne fusionne personne : renommez ou supprimez d’abord l’autre.',
    '新的 uid 属于此数据源的另一条记录。Rollcall 不会合并人员：请先将那条记录改名或删除。',
  ],

  // What was done although the rest was refused (`engine/sql/disable-refused.ts`).
  'The user was disabled all the same, by task {id}.': [
    'L’utilisateur a été désactivé malgré tout, par la tâche {id}.',
    '该用户当时仍由任务 {id} 停用。',
  ],

  // Whom a record belongs to (`engine/sql/plan.ts`, `chosen-link.ts`, `batch.ts`).
  'The {field} belongs to user {id}, who is protected.': [
    'La valeur de {field} appartient à l’utilisateur {id}, qui est protégé.',
    '{field} 属于受保护的用户 {id}。',
  ],
  'An admin may link them by hand.': ['Un administrateur peut les lier à la main.', '管理员可以手动关联。'],
  'An earlier record of this source has the same {field}, and takes the user.': [
    'Un enregistrement précédent de cette source a la même valeur de {field} et prend l’utilisateur.',
    '此数据源中更早的一条记录有相同的 {field}，用户归它所有。',
  ],
  'More than one user has these values. Match by one key, or link by hand.': [
    'Plusieurs utilisateurs ont ces valeurs. Rapprochez par une seule clé, ou liez à la main.',
    '有多个用户具有这些值。请只按一个键匹配，或手动关联。',
  ],
  'The {field} belongs to user {id}, who is linked to another uid of this source already, perhaps one that left. If both are the same person, unlink that one there first.':
    [
      'La valeur de {field} appartient à l’utilisateur {id}, déjà lié à un autre uid de cette source, peut-être parti. Si c’est la même personne, détachez-y d’abord l’autre.',
      '{field} 属于用户 {id}，该用户已与此数据源的另一 uid（可能已离开）关联。如果是同一人，请先在那里解除关联。',
    ],
  'The source does not state this record any more. State it again, then link it.': [
    'La source n’énonce plus cet enregistrement. Énoncez-le de nouveau, puis rattachez-le.',
    '数据源已不再提供此记录。请重新提供，再关联。',
  ],
  'The record stands for user {id} by now. Unlink it there first, then link it here.': [
    'L’enregistrement représente désormais l’utilisateur {id}. Détachez-le d’abord là-bas, puis rattachez-le ici.',
    '此记录现已对应用户 {id}。请先在那里解除关联，再在此关联。',
  ],
  'The user {id} is deleted. Restore it first.': [
    'L’utilisateur {id} est supprimé. Restaurez-le d’abord.',
    '用户 {id} 已删除。请先恢复。',
  ],
  'The {field} is used by user {id}, who belongs to another record of this source, perhaps one that left. Change it in one of the two, or, if both are the same person, unlink that one there first.':
    [
      'La valeur de {field} est utilisée par l’utilisateur {id}, qui appartient à un autre enregistrement de cette source, peut-être parti. Changez-la dans l’un des deux ou, si c’est la même personne, détachez-y d’abord l’autre.',
      '{field} 已被用户 {id} 使用，该用户属于此数据源的另一条记录（可能已离开）。请更改其中一条；如果是同一人，请先在那里解除关联。',
    ],
  'The {field} is used by user {id}, from whom this record was taken, by hand or by an undo. It is not matched with them again by itself: link it by hand, on their page or with POST /api/links, or change the {field} on one side.':
    [
      'La valeur de {field} est utilisée par l’utilisateur {id}, dont cet enregistrement a été détaché, à la main ou par une annulation. Il n’est plus rapproché tout seul : rattachez-le à la main, sur la page de cet utilisateur, ou changez {field} d’un côté.',
      '{field} 已被用户 {id} 使用，此记录曾被手动或因撤销与其解除。不会再自动匹配：请在该用户的页面上手动关联，或在一侧修改 {field}。',
    ],

  // What became of changes that were not applied (`engine/`).
  'The record changed after this plan was made; the newer state stands.': [
    'L’enregistrement a changé depuis ce plan ; l’état le plus récent reste.',
    '制定计划后记录已改变；保留较新的状态。',
  ],
  'What this change was planned for was written or linked otherwise after the plan was made; the newer state stands.': [
    'Ce que ce changement visait a été écrit ou lié autrement depuis le plan ; l’état le plus récent reste.',
    '制定计划后，此更改的对象已被另行写入或关联；保留较新的状态。',
  ],
  'What this change was planned for has moved on since; the newer state stands.': [
    'Ce que ce changement visait a évolué depuis ; l’état le plus récent reste.',
    '此更改的对象此后已有变化；保留较新的状态。',
  ],
  'The source has stated this record again since the plan was made.': [
    'La source a de nouveau énoncé cet enregistrement depuis le plan.',
    '制定计划后，数据源又提供了此记录。',
  ],
  'The target was switched off or deleted after this plan was made.': [
    'La cible a été désactivée ou supprimée après ce plan.',
    '制定计划后目标被关闭或删除。',
  ],
  'Somebody has changed this since the undo was planned. It is left alone.': [
    'Quelqu’un a changé ceci depuis que l’annulation a été planifiée. On n’y touche pas.',
    '计划撤销后有人做了修改。保持不变。',
  ],
  'Somebody else has changed this since the task: a later task, another source or a hand. It is left alone.': [
    'Quelqu’un d’autre a changé ceci depuis la tâche : une tâche ultérieure, une autre source ou une main. On n’y touche pas.',
    '该任务之后，后来的任务、其他数据源或人工做了修改。保持不变。',
  ],
  'This was deleted, and purged when its grace period was over. It is gone for good: nothing can be put back.': [
    'Ceci a été supprimé, puis purgé à la fin de son délai de grâce. C’est définitif : rien ne peut être rétabli.',
    '此项已删除，并在宽限期结束后被彻底清除。无法再恢复。',
  ],
  'The record failed on {target}, which comes before. See its failure there.': [
    'L’enregistrement a échoué sur {target}, qui vient avant. Voyez-y son échec.',
    '记录在先处理的目标 {target} 上失败。请查看那里的失败原因。',
  ],
  'It is told later, by a backfill.': ['Il sera transmis plus tard, par un rattrapage.', '稍后将由补写任务发送。'],
  'The task was cancelled before this change.': [
    'La tâche a été annulée avant ce changement.',
    '任务在此更改之前被取消。',
  ],
  'The plan was rejected: nothing of it was applied.': [
    'Le plan a été rejeté : rien n’en a été appliqué.',
    '计划已被拒绝：未应用任何更改。',
  ],
  'The task failed before this change.': ['La tâche a échoué avant ce changement.', '任务在此更改之前失败。'],
  'The database of "{target}" refused it: {reason} ({state}).': [
    'La base de données de « {target} » l’a refusé : {reason} ({state}).',
    '“{target}”的数据库拒绝了它：{reason}（{state}）。',
  ],
  'Change the record in its source, or the rule in the database.': [
    'Changez l’enregistrement dans sa source, ou la règle dans la base de données.',
    '请在数据源中修改记录，或修改数据库中的规则。',
  ],

  // What a database has against a row (`refusal.ts`).
  'a value is too long for its column': ['une valeur est trop longue pour sa colonne', '某个值超出列的长度'],
  'a number is too large for its column': ['un nombre est trop grand pour sa colonne', '某个数字超出列的范围'],
  'a text holds a character that the database cannot store': [
    'un texte contient un caractère que la base ne peut enregistrer',
    '文本中有数据库无法存储的字符',
  ],
  'a value does not have the form that its column needs': [
    'une valeur n’a pas la forme que sa colonne demande',
    '某个值不符合列要求的格式',
  ],
  'a value is missing that its table requires': ['il manque une valeur que sa table exige', '缺少表要求的值'],
  'it refers to a row that is not there': ['il renvoie à une ligne qui n’existe pas', '它引用的行不存在'],
  'another row has the same value already': ['une autre ligne a déjà la même valeur', '另一行已有相同的值'],
  'a value breaks a rule of its table': ['une valeur enfreint une règle de sa table', '某个值违反了表的规则'],
  'it breaks a rule of its table': ['il enfreint une règle de sa table', '它违反了表的规则'],
  'a value is too large for the database': ['une valeur est trop grande pour la base', '某个值对数据库来说过大'],
  'a trigger refused it': ['un déclencheur l’a refusé', '触发器拒绝了它'],
});
