import { messagesIn } from '@rollcall/core';

type Words = readonly [english: string, french: string, chinese: string];

/** Where a secret is found; the words of the console stay in every language. */
const PLACES: readonly Words[] = [
  ['Apps (应用管理) → the app', 'Applications (应用管理) → l’application', '应用管理 → 该应用'],
  [
    'Management Tools (管理工具) → Contacts Sync (通讯录同步)',
    'Outils de gestion (管理工具) → Synchronisation des contacts (通讯录同步)',
    '管理工具 → 通讯录同步',
  ],
];

/** What WeCom refuses (`errors.ts`); `WHERE` is one of the places. The details follow each. */
const REFUSALS: readonly Words[] = [
  ['WeCom is busy', 'WeCom est surchargé', '企业微信系统繁忙'],
  [
    'Somebody else is changing the same data in WeCom',
    'Quelqu’un d’autre modifie les mêmes données dans WeCom',
    '有人正在企业微信中修改相同的数据',
  ],
  [
    'WeCom was called too often and has to be left alone for a while. Lower "ratePerMinute" if this comes again',
    'WeCom a été appelé trop souvent et doit être laissé tranquille un moment. Diminuez « Appels par minute » si cela se reproduit',
    '调用企业微信过于频繁，需暂停一段时间。若再次出现，请调低“每分钟调用次数”',
  ],
  [
    'Too many calls at one time for WeCom. Lower "concurrency" if this comes again',
    'Trop d’appels simultanés pour WeCom. Diminuez « Appels simultanés » si cela se reproduit',
    '同时调用企业微信的请求过多。若再次出现，请调低“同时调用数”',
  ],
  [
    'WeCom forgot where the list of members stood',
    'WeCom a oublié où en était la liste des membres',
    '企业微信的成员列表游标已失效',
  ],
  [
    'WeCom does not take the access token that it has just given',
    'WeCom refuse le jeton d’accès qu’il vient de donner',
    '企业微信不接受刚刚下发的 access_token',
  ],
  [
    'WeCom calls the access token expired that it has just given',
    'WeCom déclare expiré le jeton d’accès qu’il vient de donner',
    '企业微信称刚刚下发的 access_token 已过期',
  ],
  [
    'WeCom does not know this secret: it was reset, belongs to another company, or the app is disabled. Copy it again from WHERE',
    'WeCom ne connaît pas ce secret : il a été réinitialisé, appartient à une autre entreprise, ou l’application est désactivée. Copiez-le à nouveau depuis WHERE',
    'Secret 不正确：可能已重置、属于其他企业，或应用已停用。请从“WHERE”重新复制',
  ],
  [
    'WeCom refuses this secret; it may belong to another company. Copy it again from WHERE',
    'WeCom refuse ce secret ; il appartient peut-être à une autre entreprise. Copiez-le à nouveau depuis WHERE',
    '企业微信拒绝此 Secret，可能属于其他企业。请从“WHERE”重新复制',
  ],
  [
    'WeCom wants this secret to be reset because it is not safe enough. Reset it at WHERE and enter the new one',
    'WeCom veut que ce secret, jugé trop peu sûr, soit réinitialisé. Réinitialisez-le sous WHERE et saisissez le nouveau',
    '企业微信认为此 Secret 安全性不足，需要重置。请在“WHERE”重置后填写新的 Secret',
  ],
  [
    'WeCom does not know this Corp ID (企业ID). Copy it from My Company (我的企业)',
    'WeCom ne connaît pas ce Corp ID (企业ID). Copiez-le depuis Mon entreprise (我的企业)',
    '企业ID 不正确。请从“我的企业”页面复制',
  ],
  [
    'WeCom does not know this AgentId. Copy it from the page of the app',
    'WeCom ne connaît pas cet AgentId. Copiez-le depuis la page de l’application',
    'AgentId 不正确。请从应用详情页复制',
  ],
  [
    'The secret belongs to another app than this AgentId. Copy both from the page of one app',
    'Le secret appartient à une autre application que cet AgentId. Copiez les deux depuis la page d’une même application',
    'Secret 与 AgentId 不属于同一个应用。请从同一应用的详情页复制两者',
  ],
  [
    'This feature of WeCom is not granted. Grant it at WHERE',
    'Cette fonction de WeCom n’est pas autorisée. Autorisez-la sous WHERE',
    '未授权使用此接口。请在“WHERE”中授权',
  ],
  [
    'WeCom does not allow this call with this kind of secret. Make sure that it is the one from WHERE',
    'WeCom n’autorise pas cet appel avec ce type de secret. Vérifiez que c’est bien celui qui est sous WHERE',
    '此类 Secret 无权调用该接口。请确认填写的是“WHERE”中的 Secret',
  ],
  [
    'WeCom withdrew the right because it was not used for long. Grant it again at WHERE',
    'WeCom a retiré le droit, resté longtemps inutilisé. Accordez-le à nouveau sous WHERE',
    '接口权限因长期未使用被收回。请在“WHERE”中重新授权',
  ],
  [
    'WeCom allows only part of the contacts interface with this secret',
    'WeCom n’autorise qu’une partie de l’interface des contacts avec ce secret',
    '此 Secret 只能调用通讯录的部分接口',
  ],
  [
    'The secret of contacts sync reads ids only, no details. Details need the secret of a self-built app with the root department in its visible range (可见范围)',
    'Le secret de la synchronisation des contacts ne lit que les identifiants, pas les détails. Pour les détails, il faut le secret d’une application interne dont la plage visible (可见范围) contient le département racine',
    '通讯录同步的 Secret 只能读取 ID，不能读取详情。读取详情需要自建应用的 Secret，且其可见范围包含根部门',
  ],
  [
    'The app is disabled in WeCom. Enable it at WHERE',
    'L’application est désactivée dans WeCom. Activez-la sous WHERE',
    '应用已停用。请在“WHERE”中启用',
  ],
  [
    'WeCom does not accept calls from this address: {ip}. Add it to the trusted IPs (企业可信IP) of WHERE; that takes effect after about a minute',
    'WeCom n’accepte pas les appels depuis cette adresse : {ip}. Ajoutez-la aux IP de confiance (企业可信IP) sous WHERE ; cela prend effet au bout d’une minute environ',
    '企业微信不接受来自此 IP 的调用：{ip}。请在“WHERE”的“企业可信IP”中添加，约一分钟后生效',
  ],
  [
    'The answer would be larger than WeCom allows',
    'La réponse serait plus volumineuse que WeCom ne le permet',
    '返回内容超过企业微信允许的大小',
  ],
  [
    '{subject} does not exist any more, or is outside of the visible range (可见范围) of the app',
    '{subject} n’existe plus, ou se trouve hors de la plage visible (可见范围) de l’application',
    '{subject}已不存在，或不在应用的可见范围内',
  ],
  [
    'WeCom refuses the call for a reason that this adapter does not know',
    'WeCom refuse l’appel pour une raison que cet adaptateur ne connaît pas',
    '企业微信拒绝了调用，原因未知',
  ],
  // What came instead of an answer of WeCom (`answer.ts` and who reads lists).
  [
    'WeCom, or something before it, answered with HTTP status {status}',
    'WeCom, ou un intermédiaire, a répondu avec le statut HTTP {status}',
    '企业微信或中间的代理返回 HTTP 状态 {status}',
  ],
  [
    'WeCom answered with HTTP status {status}',
    'WeCom a répondu avec le statut HTTP {status}',
    '企业微信返回 HTTP 状态 {status}',
  ],
  [
    'The address of the API answers with a redirect. Enter the one that it leads to, with https',
    'L’adresse de l’API répond par une redirection. Saisissez celle à laquelle elle mène, en https',
    'API 地址返回重定向。请填写其指向的 https 地址',
  ],
  [
    'There is no WeCom interface at this address',
    'Il n’y a pas d’interface WeCom à cette adresse',
    '此地址没有企业微信接口',
  ],
  [
    'WeCom answered without a usable errcode',
    'WeCom a répondu sans errcode utilisable',
    '企业微信的返回中没有可用的 errcode',
  ],
  [
    'WeCom answered without the list "{key}"',
    'WeCom a répondu sans la liste « {key} »',
    '企业微信的返回中缺少列表“{key}”',
  ],
  ['WeCom answered without the department', 'WeCom a répondu sans le département', '企业微信的返回中缺少部门'],
  [
    'WeCom answered with a department that has no id',
    'WeCom a répondu avec un département sans identifiant',
    '企业微信返回了没有 ID 的部门',
  ],
  [
    'WeCom answered with a member that has no userid',
    'WeCom a répondu avec un membre sans userid',
    '企业微信返回了没有 userid 的成员',
  ],
  [
    'WeCom listed a member without a userid',
    'WeCom a listé un membre sans userid',
    '企业微信的列表中有成员没有 userid',
  ],
  [
    'WeCom lists the same members again and again',
    'WeCom liste toujours les mêmes membres',
    '企业微信反复返回相同的成员列表',
  ],
  [
    'WeCom says again and again that more members come',
    'WeCom annonce sans cesse d’autres membres, qui ne viennent pas',
    '企业微信反复表示还有更多成员，却没有返回',
  ],
  [
    'What came back is not the JSON of WeCom, or was cut off after {n} bytes',
    'Ce qui est revenu n’est pas le JSON de WeCom, ou a été coupé après {n} octets',
    '返回的不是企业微信的 JSON，或在 {n} 字节后中断',
  ],
  [
    'What came back is not an answer of WeCom',
    'Ce qui est revenu n’est pas une réponse de WeCom',
    '返回的不是企业微信的应答',
  ],
];

/** What this adapter says while it works, in the other languages. */
export const MESSAGES = messagesIn(['fr', 'zh-CN'], {
  ...Object.fromEntries(
    REFUSALS.flatMap(([english, french, chinese]) =>
      PLACES.map(
        ([place, lieu, where]) =>
          [
            `${english.replace('WHERE', place)} ({details}).`,
            [`${french.replace('WHERE', lieu)} ({details}).`, `${chinese.replace('WHERE', where)}（{details}）。`],
          ] as const,
      ),
    ),
  ),

  // What follows the refusal of a secret (`tokens.ts`).
  'It is not tried again for {n} minutes, except by a check: WeCom blocks who keeps trying.': [
    'Il n’est pas réessayé pendant {n} minutes, sauf par un test : WeCom bloque qui insiste.',
    '{n} 分钟内不再尝试（测试除外）：企业微信会封锁反复尝试者。',
  ],

  // What stands in others.
  'the one of this machine towards the internet': ['celle de cette machine vers Internet', '本机的出口 IP'],
  'The department': ['Le département', '部门'],
  'The member': ['Le membre', '成员'],
  'The tag': ['L’étiquette', '标签'],
  'What was asked for': ['Ce qui était demandé', '请求的对象'],
  '{n} department': ['{n} département', '{n} 个部门'],
  '{n} departments': ['{n} départements', '{n} 个部门'],
  '{n} member': ['{n} membre', '{n} 个成员'],
  '{n} members': ['{n} membres', '{n} 个成员'],
  'the one member looked at': ['le seul membre regardé', '所查看的 1 个成员'],
  'the {n} members looked at': ['les {n} membres regardés', '所查看的 {n} 个成员'],
  'It was left as it is': ['Il a été laissé tel quel', '已保持原样'],
  'They were left as they are': ['Ils ont été laissés tels quels', '均已保持原样'],

  // Why a call of WeCom to the callback address is refused (`callback-crypto.ts`).
  'The signature of the callback is wrong: its Token is not that of this source.': [
    'La signature de l’appel est fausse : son Token n’est pas celui de cette source.',
    '回调签名错误：其 Token 与此数据源的不一致。',
  ],
  'The callback is meant for another company: its Corp ID is not that of this source.': [
    'L’appel est destiné à une autre entreprise : son Corp ID n’est pas celui de cette source.',
    '回调属于另一家企业：其企业ID与此数据源的不一致。',
  ],
  'This source takes no callbacks: its callbackToken and encodingAesKey are not set.': [
    'Cette source ne prend pas d’appels : son Token et son EncodingAESKey ne sont pas renseignés.',
    '此数据源不接收回调：未设置 Token 和 EncodingAESKey。',
  ],
  'The callback is empty.': ['L’appel est vide.', '回调为空。'],
  'The callback carries nothing that is encrypted.': ['L’appel ne porte rien de chiffré.', '回调中没有加密内容。'],
  'The callback cannot be decrypted: {why}.': [
    'L’appel ne peut pas être déchiffré avec l’EncodingAESKey de cette source : {why}.',
    '无法用此数据源的 EncodingAESKey 解密回调：{why}。',
  ],

  // What trying the connection finds (`check.ts`).
  'There is no secret: enter that of a self-built app, that of contacts sync (通讯录同步), or both.': [
    'Il n’y a pas de secret : saisissez celui d’une application interne, celui de la synchronisation des contacts (通讯录同步), ou les deux.',
    '未填写 Secret：请填写自建应用的 Secret、通讯录同步的 Secret，或两者都填。',
  ],
  'The attributes "{first}" and "{second}" both fill the field "{field}". Keep one of them, or give the other a field of its own.':
    [
      'Les attributs « {first} » et « {second} » remplissent tous deux le champ « {field} ». Gardez-en un seul, ou donnez à l’autre un champ à lui.',
      '自定义字段“{first}”和“{second}”写入了同一个字段“{field}”。请只保留其中一个，或为另一个指定不同的字段。',
    ],
  'WeCom was called too often with this secret (errcode 45009): calls with it are paused until {time} UTC. Try again then.':
    [
      'WeCom a été appelé trop souvent avec ce secret (errcode 45009) : les appels sont suspendus jusqu’à {time} UTC. Réessayez alors.',
      '使用此 Secret 的调用过于频繁（errcode 45009）：已暂停至 {time}（UTC）。请届时再试。',
    ],
  'The same secret is entered twice: each kind has its own.': [
    'Le même secret est saisi deux fois : chaque type a le sien.',
    '两处填写了同一个 Secret：两种 Secret 各不相同。',
  ],
  'The two secrets look swapped: enter each in the place of the other.': [
    'Les deux secrets semblent inversés : saisissez chacun à la place de l’autre.',
    '两个 Secret 似乎填反了：请互换。',
  ],
  'Of the departments to read, {ids} cannot be seen: deleted, or outside of the visible range (可见范围) of the app. Nobody is taken for gone until they can.':
    [
      'Parmi les départements à lire, {ids} ne peuvent pas être vus : supprimés, ou hors de la plage visible (可见范围) de l’application. D’ici là, personne n’est considéré comme parti.',
      '要读取的部门中，{ids} 不可见：已删除，或不在应用的可见范围内。在此之前不会将任何人视为离开。',
    ],
  'Of the departments to read, {ids} do not exist.': [
    'Parmi les départements à lire, {ids} n’existent pas.',
    '要读取的部门中，{ids} 不存在。',
  ],
  'This is the secret of contacts sync (通讯录同步), not that of an app. Copy the one from Apps (应用管理) → the app.':
    [
      'C’est le secret de la synchronisation des contacts (通讯录同步), pas celui d’une application. Copiez celui d’Applications (应用管理) → l’application.',
      '这是通讯录同步的 Secret，不是应用的 Secret。请从“应用管理 → 该应用”复制。',
    ],
  'Without its AgentId, members who were picked one by one or by a tag are not read.': [
    'Sans son AgentId, les membres ajoutés un par un ou par une étiquette ne sont pas lus.',
    '未填写 AgentId 时，不会读取单独选择或通过标签加入可见范围的成员。',
  ],
  'The app "{name}" is disabled in WeCom. Enable it under Apps (应用管理).': [
    'L’application « {name} » est désactivée dans WeCom. Activez-la sous Applications (应用管理).',
    '应用“{name}”已停用。请在“应用管理”中启用。',
  ],
  'It is called "{name}".': ['Elle s’appelle « {name} ».', '应用名称为“{name}”。'],
  'The app sees the whole company: {departments}.': [
    'L’application voit toute l’entreprise : {departments}.',
    '应用可见整个企业：{departments}。',
  ],
  'The app may see the whole company, and WeCom lists no department to it: a read would bring nothing. Try again; if it stays so, put the root department into its visible range (可见范围) anew.':
    [
      'L’application peut voir toute l’entreprise, et WeCom ne lui liste aucun département : une lecture n’apporterait rien. Réessayez ; si cela persiste, remettez le département racine dans sa plage visible (可见范围).',
      '应用可见整个企业，但企业微信未返回任何部门：读取将得不到数据。请重试；若仍如此，请将根部门重新加入其可见范围。',
    ],
  'WeCom lists members and shows none of the {n} that were asked for (errcode 60011 or 60111): put them into the visible range (可见范围) of the app. Until then they stay as they are.':
    [
      'WeCom liste des membres et n’en montre aucun des {n} demandés (errcode 60011 ou 60111) : ajoutez-les à la plage visible (可见范围) de l’application. D’ici là, ils restent tels quels.',
      '企业微信列出了成员，但所查询的 {n} 人均无法查看详情（errcode 60011 或 60111）：请将他们加入应用的可见范围。在此之前，他们保持原样。',
    ],
  'The app sees no department: its visible range (可见范围) is empty, or names members only. Put the root department into it.':
    [
      'L’application ne voit aucun département : sa plage visible (可见范围) est vide, ou ne nomme que des membres. Ajoutez-y le département racine.',
      '应用看不到任何部门：可见范围为空，或只包含成员。请将根部门加入可见范围。',
    ],
  'The app sees {departments}, not the whole company.': [
    'L’application voit {departments}, pas toute l’entreprise.',
    '应用可见 {departments}，而不是整个企业。',
  ],
  'The app sees {departments}, not the whole company: put the root department into its visible range (可见范围), or name the departments to read. Otherwise nobody is taken for gone.':
    [
      'L’application voit {departments}, pas toute l’entreprise : ajoutez le département racine à sa plage visible (可见范围), ou nommez les départements à lire. Sinon, personne n’est considéré comme parti.',
      '应用可见 {departments}，而不是整个企业：请将根部门加入可见范围，或指定要读取的部门。否则不会将任何人视为离开。',
    ],
  'WeCom does not list the members of department {id}, which the app sees (errcode {errcode}). A read takes nobody for gone while that is so.':
    [
      'WeCom ne liste pas les membres du département {id}, que l’application voit (errcode {errcode}). Tant que c’est le cas, une lecture ne considère personne comme parti.',
      '应用可见部门 {id}，但企业微信不返回其成员（errcode {errcode}）。在此期间，读取不会将任何人视为离开。',
    ],
  'It sees no member in the departments that were tried.': [
    'Elle ne voit aucun membre dans les départements essayés.',
    '在所尝试的部门中看不到任何成员。',
  ],
  'Phone numbers and e-mail addresses are given.': [
    'Les numéros de téléphone et les adresses e-mail sont donnés.',
    '可读取手机号和邮箱。',
  ],
  'Phone numbers are given; of {members} nobody shows an e-mail address.': [
    'Les numéros de téléphone sont donnés ; parmi {members}, personne ne montre d’adresse e-mail.',
    '可读取手机号；{members}均无邮箱。',
  ],
  'E-mail addresses are given; of {members} nobody shows a phone number.': [
    'Les adresses e-mail sont données ; parmi {members}, personne ne montre de numéro de téléphone.',
    '可读取邮箱；{members}均无手机号。',
  ],
  'Of {members} nobody shows a phone number or an e-mail address: they have none, or WeCom hides them from this app (it gives them only to apps made before 20 June 2022).':
    [
      'Parmi {members}, personne ne montre de numéro de téléphone ni d’adresse e-mail : ils n’en ont pas, ou WeCom les cache à cette application (il ne les donne qu’aux applications créées avant le 20 juin 2022).',
      '{members}均无手机号和邮箱：可能未填写，或企业微信对此应用隐藏（仅对 2022 年 6 月 20 日之前创建的应用返回）。',
    ],
  'Phone numbers and e-mail addresses are not given to this app (WeCom gives them only to apps made before 20 June 2022); map a custom attribute to e-mail if one holds it.':
    [
      'Les numéros de téléphone et les adresses e-mail ne sont pas donnés à cette application (WeCom ne les donne qu’aux applications créées avant le 20 juin 2022) ; si un attribut personnalisé contient l’e-mail, associez-le.',
      '此应用无法读取手机号和邮箱（企业微信仅对 2022 年 6 月 20 日之前创建的应用返回）；如有自定义字段保存邮箱，请将其映射到 email。',
    ],
  'Contacts sync sees who exists in the whole company: {departments}.': [
    'La synchronisation des contacts voit qui existe dans toute l’entreprise : {departments}.',
    '通讯录同步可见整个企业的成员：{departments}。',
  ],
  'It lists nobody: the company has no members.': [
    'Elle ne liste personne : l’entreprise n’a pas de membres.',
    '列表为空：企业没有成员。',
  ],
  'It reads all details, too: used without the app, it gives more.': [
    'Elle lit aussi tous les détails : utilisée sans l’application, elle donne davantage.',
    '它也能读取全部详情：不使用应用的 Secret 反而能读取更多。',
  ],
  'It reads names and details, too.': ['Elle lit aussi les noms et les détails.', '它也能读取姓名和详情。'],
  'It reads ids only (WeCom 48009): no names, positions, managers or e-mail addresses. Add the secret of a self-built app for these.':
    [
      'Elle ne lit que les identifiants (WeCom 48009) : ni noms, ni fonctions, ni responsables, ni adresses e-mail. Ajoutez pour cela le secret d’une application interne.',
      '只能读取 ID（企业微信 48009）：没有姓名、职务、上级和邮箱。如需这些信息，请填写自建应用的 Secret。',
    ],
  'Without the secret of contacts sync (通讯录同步), somebody who left is noticed only by a full read.': [
    'Sans le secret de la synchronisation des contacts (通讯录同步), un départ n’est remarqué que par une lecture complète.',
    '未填写通讯录同步的 Secret 时，只有全量读取才能发现离职的成员。',
  ],
  'Live events are off: set the Token and EncodingAESKey of the event server for them.': [
    'Les événements en direct sont désactivés : renseignez le Token et l’EncodingAESKey du serveur d’événements.',
    '实时事件未启用：如需启用，请填写接收事件服务器的 Token 和 EncodingAESKey。',
  ],
  'Live events are on; scheduled full reads stay necessary, because WeCom does not announce changed names.': [
    'Les événements en direct sont activés ; des lectures complètes planifiées restent nécessaires, car WeCom n’annonce pas les changements de nom.',
    '实时事件已启用；仍需定时全量读取，因为企业微信不通知姓名变更。',
  ],

  // Why a read was not complete (`completeness.ts`).
  'Departments that are to be read cannot be seen: {ids}. They were deleted.': [
    'Des départements à lire ne peuvent pas être vus : {ids}. Ils ont été supprimés.',
    '要读取的部门不可见：{ids}。它们已被删除。',
  ],
  'Departments that are to be read cannot be seen: {ids}. They were deleted, or are outside of the visible range (可见范围) of the app.':
    [
      'Des départements à lire ne peuvent pas être vus : {ids}. Ils ont été supprimés, ou sont hors de la plage visible (可见范围) de l’application.',
      '要读取的部门不可见：{ids}。它们已被删除，或不在应用的可见范围内。',
    ],
  'The visible range (可见范围) of the app is not the whole company, so whoever is not seen may still be there, and memberships that are not seen stay. Put the root department into the range, or name the departments to read in the option "Departments to read".':
    [
      'La plage visible (可见范围) de l’application n’est pas toute l’entreprise : qui n’est pas vu peut donc encore être là, et les appartenances non vues restent. Ajoutez-y le département racine, ou nommez les départements à lire dans l’option « Départements à lire ».',
      '应用的可见范围不是整个企业，因此看不到的成员可能仍然在职，看不到的部门归属会保留。请将根部门加入可见范围，或在“要读取的部门ID”选项中指定部门。',
    ],
  'Contacts sync knows {departments} that the app does not see: {ids}. {left}.': [
    'La synchronisation des contacts connaît {departments} que l’application ne voit pas : {ids}. {left}.',
    '通讯录同步知道 {departments}是应用看不到的：{ids}。{left}。',
  ],
  'WeCom did not list the members of {departments}: {ids} (errcode {codes}).': [
    'WeCom n’a pas listé les membres de {departments} : {ids} (errcode {codes}).',
    '企业微信未返回 {departments}的成员：{ids}（errcode {codes}）。',
  ],
  ...Object.fromEntries(
    PLACES.map(
      ([place, lieu, where]) =>
        [
          `WeCom shows {departments} and lists the members of none (errcode {codes}): the secret may not read members. Put the root department, or the ones to read, into the visible range (可见范围) at ${place}.`,
          [
            `WeCom montre {departments} et ne liste les membres d’aucun (errcode {codes}) : ce secret n’a pas le droit de lire les membres. Ajoutez le département racine, ou ceux à lire, à la plage visible (可见范围) sous ${lieu}.`,
            `企业微信返回了 {departments}，但未返回其中任何一个的成员（errcode {codes}）：此 Secret 无权读取成员。请在“${where}”将根部门或要读取的部门加入可见范围。`,
          ],
        ] as const,
    ),
  ),
  'Of {members} only the id is known: WeCom did not show them, although the app sees the root department. They were left as they are, and none of them was made new.':
    [
      'De {members}, seul l’identifiant est connu : WeCom ne les a pas montrés, bien que l’application voie le département racine. Ils ont été laissés tels quels, et aucun n’a été créé.',
      '有 {members}只知道 ID：应用可见根部门，但企业微信未返回他们的详情。已保持原样，未新建任何人。',
    ],
  'Of {members} only the id is known: the app may not see them. They were left as they are, and none of them was made new. Put the root department into its visible range (可见范围), or name the departments to read in the option "Departments to read".':
    [
      'De {members}, seul l’identifiant est connu : l’application n’a pas le droit de les voir. Ils ont été laissés tels quels, et aucun n’a été créé. Ajoutez le département racine à sa plage visible (可见范围), ou nommez les départements à lire dans l’option « Départements à lire ».',
      '有 {members}只知道 ID：应用无权查看他们。已保持原样，未新建任何人。请将根部门加入应用的可见范围，或在“要读取的部门ID”选项中指定部门。',
    ],
  'The read was stopped before its end.': ['La lecture a été arrêtée avant sa fin.', '读取在结束前被停止。'],
});
