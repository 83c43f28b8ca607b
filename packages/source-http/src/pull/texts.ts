import type { AdapterTexts, DataType, OptionTexts } from '@rollcall/core';
import { ENDPOINT_OF } from './config';
import { MESSAGES } from './messages';

type Options = Record<string, OptionTexts>;

/** An endpoint has the same options for users and for departments; only the names of fields differ. */
function endpoints(shared: Options, fields: Record<DataType, Options>): Options {
  const of = (dataType: DataType): [string, OptionTexts][] => [
    ...Object.entries(shared).map(([path, words]): [string, OptionTexts] => [
      `${ENDPOINT_OF[dataType]}.${path}`,
      words,
    ]),
    ...Object.entries(fields[dataType]).map(([name, words]): [string, OptionTexts] => [
      `${ENDPOINT_OF[dataType]}.fields.${name}`,
      words,
    ]),
  ];
  return Object.fromEntries([...of('department'), ...of('user')]);
}

const en: AdapterTexts = {
  options: {
    authentication: {
      description: 'How the API wants to know who asks.',
      values: {
        none: 'None',
        basic: 'User name and password (Basic)',
        bearer: 'Token (Bearer)',
        oauth2: 'OAuth 2, client credentials',
        header: 'A key in a header of its own',
      },
    },
    clientAuthentication: {
      description: 'The standard prefers the header.',
      values: { header: 'In the header', body: 'Among the fields of the form' },
    },
    ...endpoints(
      {
        'paging.type': {
          description: '',
          values: {
            none: 'Everything is in one answer',
            page: 'Pages are numbered',
            offset: 'By the number of records before',
            cursor: 'Each answer holds a mark for the next',
            link: 'Each answer holds the address of the next',
          },
        },
        sinceFormat: {
          values: {
            iso: '2026-03-01T08:00:00Z',
            date: '2026-03-01',
            unix: 'Unix seconds',
            'unix-ms': 'Unix milliseconds',
          },
        },
      },
      { user: {}, department: {} },
    ),
  },
};

const fr: AdapterTexts = {
  title: 'API HTTP (lecture)',
  description: 'Toute API qui répond en JSON : où sont les enregistrements, et ce que signifient leurs champs.',
  options: {
    authentication: {
      title: 'Authentification',
      description: 'Comment l’API veut savoir qui demande.',
      values: {
        none: 'Aucune',
        basic: 'Nom d’utilisateur et mot de passe (Basic)',
        bearer: 'Jeton (Bearer)',
        oauth2: 'OAuth 2, identifiants du client',
        header: 'Une clé dans un en-tête à elle',
      },
    },
    username: { title: 'Nom d’utilisateur' },
    password: { title: 'Mot de passe' },
    token: { title: 'Jeton' },
    headerName: { title: 'Nom de l’en-tête', description: 'Des lettres, des chiffres et des tirets.' },
    headerValue: { title: 'Clé' },
    tokenUrl: {
      title: 'Adresse des jetons',
      description:
        'Comme https://login.example/oauth/token. Ni mot de passe ni secret : le secret du client a son propre champ.',
    },
    clientId: { title: 'Identifiant du client' },
    clientSecret: { title: 'Secret du client' },
    clientAuthentication: {
      title: 'Comment le client se nomme',
      description: 'La norme préfère l’en-tête.',
      values: { header: 'Dans l’en-tête', body: 'Parmi les champs du formulaire' },
    },
    scope: { title: 'Portée' },
    tokenParameters: {
      title: 'Autres champs de la demande de jeton',
      description: 'Comme audience. Rien de secret.',
    },
    headers: {
      title: 'Autres en-têtes',
      description:
        'Rien de secret : ils sont enregistrés et montrés en clair. Une clé a sa place dans l’authentification.',
    },
    'headers.name': {
      title: 'Nom',
      description:
        'Des lettres, des chiffres et des tirets. Ni Authorization, ni Proxy-Authorization, ni Cookie : choisissez pour eux l’authentification « Une clé dans un en-tête à elle », où la valeur est chiffrée.',
    },
    'headers.value': { title: 'Valeur', description: 'Une ligne, de caractères que HTTP admet.' },
    departments: {
      title: 'Départements',
      description: 'D’où viennent les départements. À ne pas renseigner s’il n’y en a pas à lire.',
    },
    users: {
      title: 'Utilisateurs',
      description: 'D’où viennent les utilisateurs. À ne pas renseigner s’il n’y en a pas à lire.',
    },
    timeoutSeconds: { title: 'Secondes d’attente d’une réponse' },
    maxMegabytes: { title: 'Plus grande réponse, en mégaoctets' },
    maxPages: {
      title: 'Nombre maximal de pages',
      description: 'Une lecture qui en a davantage est abandonnée : elle tourne en rond.',
    },
    requestsPerMinute: { title: 'Requêtes par minute', description: 'Au plus. Vide : sans limite.' },
    ...endpoints(
      {
        url: {
          title: 'Adresse',
          description:
            'Avec les paramètres qui ne changent jamais, comme https://rh.example/api/people?expand=groups. Ni nom d’utilisateur, ni mot de passe, ni access_token : leur place est dans l’authentification, où ils sont chiffrés.',
        },
        method: { title: 'Méthode' },
        body: { title: 'Corps', description: 'JSON, où peuvent figurer $page, $offset, $size, $cursor et $since.' },
        records: {
          title: 'Où sont les enregistrements',
          description: 'Trouve la liste dans une réponse, comme data.items. $ est la réponse entière.',
        },
        where: {
          title: 'Quels enregistrements',
          description: 'Seulement ceux pour lesquels ceci est vrai, comme type = "employee".',
        },
        fields: {
          title: 'Champs',
          description:
            'Quelle partie d’un enregistrement est quoi. Chacun est une expression JSONata ; un nom ou un chemin de noms en est déjà une.',
        },
        customFields: {
          title: 'Champs personnalisés',
          description:
            'D’autres champs, sous les noms qu’ils reçoivent ici. Un champ retiré ou renommé reste chez qui l’a déjà.',
        },
        clearMissing: {
          title: 'Un champ absent est vide',
          description:
            'Ce qu’une expression ne trouve pas est effacé. Sinon la valeur reste, ce qui convient quand une réponse peut omettre des champs.',
        },
        paging: { title: 'Pages' },
        'paging.type': {
          title: 'Comment les pages se suivent',
          description: '',
          values: {
            none: 'Tout est dans une seule réponse',
            page: 'Les pages sont numérotées',
            offset: 'Par le nombre d’enregistrements précédents',
            cursor: 'Chaque réponse contient une marque pour la suivante',
            link: 'Chaque réponse contient l’adresse de la suivante',
          },
        },
        'paging.parameter': {
          title: 'Paramètre de la position',
          description:
            'Nom du paramètre d’adresse. Vide : page, offset ou cursor pour GET ; rien pour POST, dont le corps contient $page, $offset et $cursor.',
        },
        'paging.first': { title: 'Numéro de la première page', description: '1 ou 0' },
        'paging.sizeParameter': { title: 'Paramètre de la taille des pages' },
        'paging.size': { title: 'Taille des pages', description: 'Aussi $size dans le corps.' },
        'paging.next': {
          title: 'Où est la suite',
          description:
            'cursor : trouve la marque dans la réponse, comme meta.nextCursor. link : trouve l’adresse dans la réponse, comme `@odata.nextLink` ; vide, l’en-tête Link est suivi.',
        },
        'paging.more': {
          title: 'S’il y a une suite',
          description: 'Trouve vrai ou faux dans la réponse, comme hasMore.',
        },
        'paging.total': {
          title: 'Combien il y en a',
          description:
            'Trouve le nombre total d’enregistrements dans la réponse, comme meta.total, et non celui d’une page. S’il en vient moins ou plus, personne n’est considéré comme absent.',
        },
        sinceParameter: {
          title: 'Paramètre pour les seuls changements',
          description:
            'Nom du paramètre d’adresse qui demande ce qui a changé depuis un moment, comme updated_since. Les lectures incrémentales l’utilisent. Elles ne disent rien des absents. Pour un POST, $since dans le corps suffit.',
        },
        sinceFormat: {
          title: 'Comment ce moment s’écrit',
          values: {
            iso: '2026-03-01T08:00:00Z',
            date: '2026-03-01',
            unix: 'Secondes Unix',
            'unix-ms': 'Millisecondes Unix',
          },
        },
      },
      {
        user: {
          uid: { title: 'Uid', description: 'L’identifiant qui ne change jamais, comme id. Obligatoire.' },
          nickname: { title: 'Nom affiché', description: 'Par exemple : firstName & " " & lastName' },
          username: { title: 'Nom d’utilisateur' },
          email: { title: 'Adresse e-mail' },
          phone: { title: 'Téléphone' },
          managerUid: { title: 'Uid du responsable', description: 'Par exemple : manager.id' },
          isDisabled: { title: 'Est désactivé', description: 'Vrai ou faux. Par exemple : status != "active"' },
          departments: {
            title: 'Départements',
            description: 'Uids de départements, ou {"uid", "isMain", "isOwner"}. Par exemple : groups.id',
          },
          isDeleted: { title: 'Est supprimé', description: 'Vrai pour qui est parti. Par exemple : $exists(leftAt)' },
        },
        department: {
          uid: { title: 'Uid', description: 'L’identifiant qui ne change jamais, comme id. Obligatoire.' },
          title: { title: 'Intitulé' },
          parentUid: { title: 'Uid du parent', description: 'Null pour une racine.' },
          sort: { title: 'Ordre', description: 'Un nombre entier.' },
          ownerUids: { title: 'Uids des responsables' },
          isDeleted: { title: 'Est supprimé', description: 'Vrai pour un département disparu.' },
        },
      },
    ),
  },
};

const zh: AdapterTexts = {
  title: 'HTTP API（拉取）',
  description: '任何返回 JSON 的接口：指明记录在哪里，各字段是什么含义。',
  options: {
    authentication: {
      title: '认证方式',
      description: '接口如何确认调用者的身份。',
      values: {
        none: '无',
        basic: '用户名和密码（Basic）',
        bearer: '令牌（Bearer）',
        oauth2: 'OAuth 2 客户端凭据',
        header: '自定义请求头中的密钥',
      },
    },
    username: { title: '用户名' },
    password: { title: '密码' },
    token: { title: '令牌' },
    headerName: { title: '请求头名称', description: '字母、数字和连字符。' },
    headerValue: { title: '密钥' },
    tokenUrl: {
      title: '获取令牌的地址',
      description: '例如 https://login.example/oauth/token。不要包含密码或密钥：客户端密钥有单独的字段。',
    },
    clientId: { title: '客户端 ID' },
    clientSecret: { title: '客户端密钥' },
    clientAuthentication: {
      title: '客户端凭据的位置',
      description: '标准推荐放在请求头中。',
      values: { header: '请求头', body: '表单字段' },
    },
    scope: { title: '范围（scope）' },
    tokenParameters: { title: '令牌请求的其他字段', description: '例如 audience。不要填写机密内容。' },
    headers: {
      title: '其他请求头',
      description: '不要填写机密内容：它们以明文保存和显示。密钥应填在认证方式中。',
    },
    'headers.name': {
      title: '名称',
      description:
        '字母、数字和连字符。不能是 Authorization、Proxy-Authorization 或 Cookie：请为它们选择认证方式“自定义请求头中的密钥”，其值会加密保存。',
    },
    'headers.value': { title: '值', description: '一行，仅限 HTTP 允许的字符。' },
    departments: { title: '部门', description: '部门数据的来源。没有要读取的部门时不填写。' },
    users: { title: '用户', description: '用户数据的来源。没有要读取的用户时不填写。' },
    timeoutSeconds: { title: '等待响应的秒数' },
    maxMegabytes: { title: '响应的最大兆字节数' },
    maxPages: { title: '最多页数', description: '超过时放弃读取，因为分页可能陷入循环。' },
    requestsPerMinute: { title: '每分钟请求数', description: '上限。留空则不限制。' },
    ...endpoints(
      {
        url: {
          title: '地址',
          description:
            '包含固定不变的参数，例如 https://hr.example/api/people?expand=groups。不要包含用户名、密码或 access_token：请填写到认证方式中，在那里会加密保存。',
        },
        method: { title: '请求方法' },
        body: { title: '请求体', description: 'JSON，可使用 $page、$offset、$size、$cursor 和 $since。' },
        records: { title: '记录所在位置', description: '在响应中找到列表，例如 data.items。$ 表示整个响应。' },
        where: { title: '哪些记录', description: '只读取满足条件的记录，例如 type = "employee"。' },
        fields: {
          title: '字段',
          description: '记录中的内容对应哪个字段。每项都是 JSONata 表达式，单个名称或路径也是表达式。',
        },
        customFields: {
          title: '自定义字段',
          description: '其他字段，以此处填写的名称保存。移除或改名后，已有的值仍会保留。',
        },
        clearMissing: {
          title: '缺少的字段视为空',
          description: '表达式找不到的值会被清空；否则保留原值，适合响应可能省略字段的接口。',
        },
        paging: { title: '分页' },
        'paging.type': {
          title: '分页方式',
          description: '',
          values: {
            none: '一次返回全部',
            page: '按页码',
            offset: '按偏移量',
            cursor: '每次响应带有下一页的标记',
            link: '每次响应带有下一页的地址',
          },
        },
        'paging.parameter': {
          title: '位置参数',
          description:
            '查询参数的名称。留空时 GET 使用 page、offset 或 cursor；POST 使用请求体中的 $page、$offset 和 $cursor。',
        },
        'paging.first': { title: '首页页码', description: '1 或 0' },
        'paging.sizeParameter': { title: '每页条数参数' },
        'paging.size': { title: '每页条数', description: '也可在请求体中用 $size。' },
        'paging.next': {
          title: '下一页的位置',
          description:
            '标记：在响应中找到它，例如 meta.nextCursor。地址：在响应中找到它，例如 `@odata.nextLink`；留空则使用响应的 Link 头。',
        },
        'paging.more': { title: '是否还有下一页', description: '在响应中找到 true 或 false，例如 hasMore。' },
        'paging.total': {
          title: '记录总数',
          description:
            '在响应中找到记录总数，例如 meta.total，而不是一页的数量。实际读到的较少或较多时，不会把任何人视为缺失。',
        },
        sinceParameter: {
          title: '只读变更的参数',
          description:
            '查询参数的名称，用于只请求某时刻之后的变更，例如 updated_since。增量读取使用它，不能判断谁已缺失。POST 请求在请求体中使用 $since 即可。',
        },
        sinceFormat: {
          title: '时刻的格式',
          values: { iso: '2026-03-01T08:00:00Z', date: '2026-03-01', unix: 'Unix 秒', 'unix-ms': 'Unix 毫秒' },
        },
      },
      {
        user: {
          uid: { title: 'Uid', description: '永不改变的标识，例如 id。必填。' },
          nickname: { title: '显示名称', description: '例如：firstName & " " & lastName' },
          username: { title: '用户名' },
          email: { title: '邮箱' },
          phone: { title: '电话' },
          managerUid: { title: '上级的 Uid', description: '例如：manager.id' },
          isDisabled: { title: '是否停用', description: 'true 或 false。例如：status != "active"' },
          departments: { title: '部门', description: '部门的 Uid，或 {"uid", "isMain", "isOwner"}。例如：groups.id' },
          isDeleted: { title: '是否已删除', description: '已离职的为 true。例如：$exists(leftAt)' },
        },
        department: {
          uid: { title: 'Uid', description: '永不改变的标识，例如 id。必填。' },
          title: { title: '名称' },
          parentUid: { title: '上级部门的 Uid', description: '根部门为 null。' },
          sort: { title: '排序', description: '整数。' },
          ownerUids: { title: '负责人的 Uid' },
          isDeleted: { title: '是否已删除', description: '已不存在的部门为 true。' },
        },
      },
    ),
  },
};

export const TEXTS: Record<string, AdapterTexts> = {
  en,
  fr: { ...fr, messages: MESSAGES.fr },
  'zh-CN': { ...zh, messages: MESSAGES['zh-CN'] },
};
