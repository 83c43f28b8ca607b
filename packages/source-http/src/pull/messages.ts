import { messagesIn } from '@rollcall/core';

/** What this adapter says while it works, in the other languages. */
export const MESSAGES = messagesIn(['fr', 'zh-CN'], {
  // How the other side answered (`status-error.ts`, `credentials.ts`); `{what}` is the address that was asked.
  '{what}: {host} answered {status}: it does not take the credentials.': [
    '{what} : {host} a répondu {status} : il n’accepte pas les identifiants.',
    '{what}：{host} 返回 {status}：凭据被拒绝。',
  ],
  '{what}: {host} answered {status}: these credentials may not read this.': [
    '{what} : {host} a répondu {status} : ces identifiants n’ont pas le droit de lire cela.',
    '{what}：{host} 返回 {status}：此凭据无权读取。',
  ],
  '{what}: {host} answered {status}: there is nothing at this address.': [
    '{what} : {host} a répondu {status} : il n’y a rien à cette adresse.',
    '{what}：{host} 返回 {status}：此地址不存在。',
  ],
  '{what}: {host} answered {status}: it is busy.': [
    '{what} : {host} a répondu {status} : il est surchargé.',
    '{what}：{host} 返回 {status}：对方繁忙。',
  ],
  '{what}: {host} answered {status}: it is busy; it asks to come again in {seconds} seconds.': [
    '{what} : {host} a répondu {status} : il est surchargé ; il demande de revenir dans {seconds} secondes.',
    '{what}：{host} 返回 {status}：对方繁忙，请在 {seconds} 秒后再试。',
  ],
  '{what}: {host} answered {status}: it is not ready yet.': [
    '{what} : {host} a répondu {status} : il n’est pas encore prêt.',
    '{what}：{host} 返回 {status}：尚未就绪。',
  ],
  '{what}: {host} answered {status}.': ['{what} : {host} a répondu {status}.', '{what}：{host} 返回 {status}。'],
  '{what}: {host} answered {status}: it has trouble of its own.': [
    '{what} : {host} a répondu {status} : il a un problème interne.',
    '{what}：{host} 返回 {status}：对方内部错误。',
  ],
  '{what}: {host} answered {status}: it does not understand the request.': [
    '{what} : {host} a répondu {status} : il ne comprend pas la requête.',
    '{what}：{host} 返回 {status}：对方无法理解此请求。',
  ],
  '{what}: {host} answered {status}, which is no answer to this request.': [
    '{what} : {host} a répondu {status}, ce qui ne répond pas à cette requête.',
    '{what}：{host} 返回 {status}，这不是对此请求的应答。',
  ],
  '{what}: {host} answered {status}: it does not give this scope.': [
    '{what} : {host} a répondu {status} : il n’accorde pas cette portée.',
    '{what}：{host} 返回 {status}：不授予此 scope。',
  ],
  '{what}: {host} answered {status}: it does not take the client id or its secret.': [
    '{what} : {host} a répondu {status} : il n’accepte pas l’identifiant du client ou son secret.',
    '{what}：{host} 返回 {status}：client id 或 secret 被拒绝。',
  ],
  '{what}: {host} answered without an access_token.': [
    '{what} : {host} a répondu sans access_token.',
    '{what}：{host} 的返回中没有 access_token。',
  ],
  '{what}: {host} answered a web page instead of JSON.': [
    '{what} : {host} a répondu par une page web au lieu de JSON.',
    '{what}：{host} 返回的是网页而不是 JSON。',
  ],
  '{what}: {host} redirects to {origin}, which is not shown the credentials and headers that are meant for the first; enter the new address.':
    [
      '{what} : {host} redirige vers {origin}, à qui ne sont montrés ni les identifiants ni les en-têtes destinés au premier ; saisissez la nouvelle adresse.',
      '{what}：{host} 重定向到 {origin}，不会向其发送原本给前者的凭据和请求头；请填写新地址。',
    ],
  '{what}: {host} answered {status} and nothing else, which is no empty list.': [
    '{what} : {host} a répondu {status} et rien d’autre, ce qui n’est pas une liste vide.',
    '{what}：{host} 返回 {status}，没有任何内容，这不等于空列表。',
  ],
  'The answer of {host} is text neither in UTF-8 nor in a charset that its Content-Type names.': [
    'La réponse de {host} est un texte qui n’est ni en UTF-8 ni dans un jeu de caractères indiqué par son Content-Type.',
    '{host} 的返回既不是 UTF-8 编码，也不是其 Content-Type 所声明的编码。',
  ],
  '{host} answered something that is not JSON.': [
    '{host} a répondu autre chose que du JSON.',
    '{host} 返回的不是 JSON。',
  ],
  users: ['utilisateurs', '用户'],
  departments: ['départements', '部门'],
  Token: ['Jeton', '令牌'],

  // What trying the connection finds (`adapter.ts`), and options that do not fit together.
  '{what}: {n} records on the first page.': [
    '{what} : {n} enregistrements sur la première page.',
    '{what}：第一页有 {n} 条记录。',
  ],
  '{what}: {n} records on the first page, with the fields {fields}.': [
    '{what} : {n} enregistrements sur la première page, avec les champs {fields}.',
    '{what}：第一页有 {n} 条记录，字段为 {fields}。',
  ],
  '{what}: {n} records on the first page, of which {wanted} are wanted.': [
    '{what} : {n} enregistrements sur la première page, dont {wanted} sont retenus.',
    '{what}：第一页有 {n} 条记录，其中 {wanted} 条符合条件。',
  ],
  '{what}: {n} records on the first page, of which {wanted} are wanted, with the fields {fields}.': [
    '{what} : {n} enregistrements sur la première page, dont {wanted} sont retenus, avec les champs {fields}.',
    '{what}：第一页有 {n} 条记录，其中 {wanted} 条符合条件，字段为 {fields}。',
  ],
  'The expression for uid finds nothing in {n} of them: these would fail, and nobody would be missing.': [
    'L’expression pour uid ne trouve rien dans {n} d’entre eux : ceux-ci échoueraient, et personne ne serait considéré comme absent.',
    'uid 的表达式在其中 {n} 条中没有取到值：这些记录会失败，且不会将任何人视为离开。',
  ],
  'No next page was found: the read ends after this page.': [
    'Aucune page suivante n’a été trouvée : la lecture s’arrête après cette page.',
    '未找到下一页：读取将在此页后结束。',
  ],
  'The total is less than what came: it is not that of all records, and nobody would be missing.': [
    'Le total est inférieur à ce qui est arrivé : ce n’est pas celui de tous les enregistrements, et personne ne serait considéré comme absent.',
    '总数小于实际收到的数量：它不是全部记录的总数，不会将任何人视为离开。',
  ],
  'Named like secrets, and stored and shown in clear: {names}. A key belongs in the authentication, as a header.': [
    'Nommés comme des secrets, et enregistrés et montrés en clair : {names}. Une clé a sa place dans l’authentification, comme en-tête.',
    '名称像是机密内容，却以明文保存和显示：{names}。密钥应填在认证方式中，作为请求头发送。',
  ],
  'It finds nothing in any record of the first page.': [
    'Elle ne trouve rien dans aucun enregistrement de la première page.',
    '在第一页的所有记录中都没有取到值。',
  ],
  'There is neither an address for users nor one for departments.': [
    'Il n’y a ni adresse pour les utilisateurs ni adresse pour les départements.',
    '既没有填写用户的地址，也没有填写部门的地址。',
  ],
  'Only POST sends a body.': ['Seul POST envoie un corps.', '只有 POST 才会发送请求体。'],
  'The option "{option}" is empty, and the authentication "{authentication}" needs it.': [
    'L’option « {option} » est vide, et l’authentification « {authentication} » en a besoin.',
    '选项“{option}”为空，而认证方式“{authentication}”需要它。',
  ],
  'Say where the mark for the next page is.': [
    'Indiquez où se trouve la marque de la page suivante.',
    '请指定下一页标记的位置。',
  ],

  // What the expressions of an admin, and the paging, do to a read.
  'The expression "{field}" cannot be worked out for this one: {problem}. Correct it, or the data.': [
    'L’expression « {field} » ne peut pas être calculée pour cet enregistrement : {problem}. Corrigez-la, ou les données.',
    '表达式“{field}”无法对此记录求值：{problem}。请更正表达式或数据。',
  ],
  'The expression cannot be used: {problem}.': [
    'L’expression est inutilisable : {problem}.',
    '表达式无法使用：{problem}。',
  ],
  'it cannot be worked out at character {position} ({code})': [
    'elle échoue au caractère {position} ({code})',
    '在第 {position} 个字符处求值失败（{code}）',
  ],
  'it cannot be worked out at character {position}': [
    'elle échoue au caractère {position}',
    '在第 {position} 个字符处求值失败',
  ],
  'it cannot be worked out ({code})': ['elle échoue ({code})', '求值失败（{code}）'],
  'it cannot be worked out': ['elle échoue', '求值失败'],
  'The answer of {host} has {what} where the records should be. Correct the expression, or put [] behind it when it may find a single one.':
    [
      'La réponse de {host} : {what} là où devraient se trouver les enregistrements. Corrigez l’expression, ou ajoutez [] à sa fin quand elle peut n’en trouver qu’un.',
      '{host} 的返回中，记录所在位置是 {what}。请更正表达式，可能只取到一条时请在末尾加上 []。',
    ],
  'with [ ] around it, an answer without the list looks like an empty one; write items[] instead of [items], or ask first whether $exists(items)':
    [
      'entre [ ], une réponse sans la liste ressemble à une liste vide ; écrivez items[] au lieu de [items], ou demandez d’abord si $exists(items)',
      '外面加上 [ ] 时，没有列表的返回会被当作空列表；请将 [items] 写成 items[]，或先判断 $exists(items)',
    ],
  '{what}: {host} answered with a part of the records and says that there is more; choose how its pages follow each other.':
    [
      '{what} : {host} a répondu par une partie des enregistrements et annonce une suite ; choisissez comment ses pages se suivent.',
      '{what}：{host} 只返回了部分记录，并表示还有更多；请选择其分页方式。',
    ],
  nothing: ['rien', '空'],
  'no list': ['pas de liste', '非列表'],
  'too large': ['trop grand', '过大'],
  'too large or nested too deeply': ['trop grand ou trop imbriqué', '过大或嵌套过深'],
  'What the expressions make of the answer is {problem}.': [
    'Ce que les expressions font de la réponse est {problem}.',
    '表达式对返回内容求得的结果有误：{problem}。',
  ],
  'The expressions did not come to an end within {seconds} seconds. Simplify them, or ask for smaller pages.': [
    'Les expressions n’ont pas abouti en {seconds} secondes. Simplifiez-les, ou demandez des pages plus petites.',
    '表达式在 {seconds} 秒内未完成。请简化表达式，或减小每页大小。',
  ],
  'The expressions did not come to an end within {seconds} seconds; the one under way was "{field}". Simplify them, or ask for smaller pages.':
    [
      'Les expressions n’ont pas abouti en {seconds} secondes ; celle en cours était « {field} ». Simplifiez-les, ou demandez des pages plus petites.',
      '表达式在 {seconds} 秒内未完成，当时正在计算“{field}”。请简化表达式，或减小每页大小。',
    ],
  'The expressions need too much memory. Simplify them, or ask for smaller pages.': [
    'Les expressions demandent trop de mémoire. Simplifiez-les, ou demandez des pages plus petites.',
    '表达式占用内存过多。请简化表达式，或减小每页大小。',
  ],
  'The time of the last read is not known any more.': [
    'L’heure de la dernière lecture n’est plus connue.',
    '上次读取的时间已失效。',
  ],
  'The position of the interrupted read cannot be read.': [
    'La position de la lecture interrompue est illisible.',
    '无法识别中断读取的位置。',
  ],
  '{what}: the mark of the interrupted read is not known any more.': [
    '{what} : la marque de la lecture interrompue n’est plus connue.',
    '{what}：中断读取的标记已失效。',
  ],
  '{what}: the paging leads back to a page that was read already.': [
    '{what} : la pagination ramène à une page déjà lue.',
    '{what}：分页又回到了已读取的页。',
  ],
  '{what}: the paging has more than {n} pages, the most that the options allow.': [
    '{what} : la pagination compte plus de {n} pages, le maximum permis par les options.',
    '{what}：分页超过 {n} 页，即选项允许的上限。',
  ],
  '{what}: the paging brings more than {n} records, the most that a read takes.': [
    '{what} : la pagination apporte plus de {n} enregistrements, le maximum d’une lecture.',
    '{what}：分页返回超过 {n} 条记录，即一次读取的上限。',
  ],
  '{what}: the paging brings the same page again.': [
    '{what} : la pagination ramène la même page.',
    '{what}：分页重复返回同一页。',
  ],
  '{what}: the answer of {host} says that there is more, and not where.': [
    '{what} : la réponse de {host} dit qu’il y a une suite, mais pas où.',
    '{what}：{host} 的返回称还有更多，但未说明在哪里。',
  ],
  '{what}: the answer of {host} says that there is more, and sends nothing.': [
    '{what} : la réponse de {host} dit qu’il y a une suite, et n’envoie rien.',
    '{what}：{host} 的返回称还有更多，却没有内容。',
  ],
  '{what}: the answer of {host} does not say true or false where it should say whether there is more.': [
    '{what} : la réponse de {host} ne dit ni true ni false là où elle devrait dire s’il y a une suite.',
    '{what}：{host} 的返回在应说明是否还有更多之处，既不是 true 也不是 false。',
  ],
  '{what}: the answer of {host} has no number where it should say how many there are.': [
    '{what} : la réponse de {host} n’a pas de nombre là où elle devrait dire combien il y en a.',
    '{what}：{host} 的返回在应说明总数之处没有数字。',
  ],
  '{what}: the answer of {host} has no text where the mark for the next page should be.': [
    '{what} : la réponse de {host} n’a pas de texte là où devrait se trouver la marque de la page suivante.',
    '{what}：{host} 的返回在下一页标记之处没有文本。',
  ],
  '{what}: the answer of {host} has no address where that of the next page should be.': [
    '{what} : la réponse de {host} n’a pas d’adresse là où devrait se trouver celle de la page suivante.',
    '{what}：{host} 的返回在下一页地址之处没有地址。',
  ],
  '{what}: the answer of {host} sends to another host for the next page.': [
    '{what} : la réponse de {host} renvoie à un autre hôte pour la page suivante.',
    '{what}：{host} 的返回将下一页指向另一台主机。',
  ],
  '{what}: the answer of {host} has a Link header that cannot be read.': [
    '{what} : la réponse de {host} a un en-tête Link illisible.',
    '{what}：{host} 的返回中 Link 标头无法解析。',
  ],
  'The answers speak of {total} records, and {distinct} came.': [
    'Les réponses annoncent {total} enregistrements, et {distinct} sont arrivés.',
    '应答称共有 {total} 条记录，实际收到 {distinct} 条。',
  ],
  'The answers spoke of fewer records than before while the pages were read: they may have moved, and somebody may have been passed over.':
    [
      'Les réponses ont annoncé moins d’enregistrements qu’auparavant pendant la lecture : les pages ont pu bouger, et quelqu’un a pu être manqué.',
      '读取期间，应答给出的记录总数变少了：分页可能发生了移动，可能有遗漏。',
    ],
  'The pages could not be looked through once more, so nothing tells whether somebody was passed over.': [
    'Les pages n’ont pas pu être parcourues une seconde fois : rien ne dit si quelqu’un a été manqué.',
    '无法再次翻阅各页，因此无法判断是否有遗漏。',
  ],
  '{n} records came only when the pages were looked through once more: they moved while they were read, and somebody may have been passed over. With the total in the options this can be told.':
    [
      '{n} enregistrements ne sont venus qu’en parcourant les pages une seconde fois : elles ont bougé pendant la lecture, et quelqu’un a pu être manqué. Avec le total dans les options, cela se voit.',
      '有 {n} 条记录在第二次翻阅各页时才出现：读取期间分页发生了移动，可能有遗漏。在选项中填写总数即可辨别。',
    ],
  '{n} records came on more than one page: the pages moved while they were read, and somebody may have been passed over.':
    [
      '{n} enregistrements sont venus sur plusieurs pages : les pages ont bougé pendant la lecture, et quelqu’un a pu être manqué.',
      '有 {n} 条记录出现在多页中：读取期间分页发生了移动，可能有遗漏。',
    ],
  'The read was interrupted and went on later: the pages may have moved meanwhile, and somebody may have been passed over. A read without an interruption tells who is missing.':
    [
      'La lecture a été interrompue puis reprise : les pages ont pu bouger entre-temps, et quelqu’un a pu être manqué. Une lecture sans interruption dira qui est absent.',
      '读取曾中断后继续：期间分页可能发生移动，可能有遗漏。一次不中断的读取才能判断谁已离开。',
    ],
});
