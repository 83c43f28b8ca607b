import { type ConfigSchema, type DataType, NO_CREDENTIAL, RESERVED_FIELDS } from '@rollcall/core';

export const PAGING_TYPES = ['none', 'page', 'offset', 'cursor', 'link'] as const;
export const AUTHENTICATIONS = ['none', 'basic', 'bearer', 'oauth2', 'header'] as const;
export const SINCE_FORMATS = ['iso', 'date', 'unix', 'unix-ms'] as const;

/** How the pages of an endpoint follow each other. `next`, `more` and `total` are expressions over a whole answer. */
export interface Paging {
  type: (typeof PAGING_TYPES)[number];
  parameter?: string;
  first: number;
  sizeParameter?: string;
  size?: number;
  next?: string;
  more?: string;
  total?: string;
}

/** Where the records of one data type come from, and what of them means what. */
export interface Endpoint {
  url: string;
  method: 'GET' | 'POST';
  /** Expression that makes the JSON body. */
  body?: string;
  /** Expression over a whole answer. */
  records: string;
  /** Expression over one record. */
  where?: string;
  /** Record field → expression over one record. */
  fields: Readonly<Record<string, string>>;
  customFields: Readonly<Record<string, string>>;
  clearMissing: boolean;
  paging: Paging;
  sinceParameter?: string;
  sinceFormat: (typeof SINCE_FORMATS)[number];
}

export interface PullOptions {
  users?: Endpoint;
  departments?: Endpoint;
  headers: readonly { name: string; value: string }[];
  authentication: (typeof AUTHENTICATIONS)[number];
  username?: string;
  password?: string;
  token?: string;
  headerName: string;
  headerValue?: string;
  tokenUrl?: string;
  clientId?: string;
  clientSecret?: string;
  clientAuthentication: 'header' | 'body';
  scope?: string;
  tokenParameters: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  maxMegabytes: number;
  maxPages: number;
  requestsPerMinute?: number;
}

/** The option that holds the endpoint of a data type. */
export const ENDPOINT_OF = { user: 'users', department: 'departments' } as const satisfies Record<DataType, string>;

const expression = (title: string, description?: string): object => ({
  type: 'string',
  minLength: 1,
  maxLength: 4000,
  title,
  ...(description !== undefined && { description }),
});

/** Folded away: few sources need it. */
const rare = (schema: object): object => ({ 'x-advanced': true, ...schema });

const FIELDS = {
  user: {
    uid: expression('Uid', 'The id that never changes, like id. Required.'),
    nickname: expression('Display name', 'For example: firstName & " " & lastName'),
    username: expression('User name'),
    email: expression('E-mail'),
    phone: expression('Phone'),
    managerUid: rare(expression('Uid of the manager', 'For example: manager.id')),
    isDisabled: rare(expression('Is disabled', 'True or false. For example: status != "active"')),
    departments: expression(
      'Departments',
      'Uids of departments, or {"uid", "isMain", "isOwner"}. For example: groups.id',
    ),
    isDeleted: rare(expression('Is deleted', 'True for who has left. For example: $exists(leftAt)')),
  },
  department: {
    uid: expression('Uid', 'The id that never changes, like id. Required.'),
    title: expression('Title'),
    parentUid: expression('Uid of the parent', 'Null for a root.'),
    sort: rare(expression('Order', 'A whole number.')),
    ownerUids: rare(expression('Uids of the owners')),
    isDeleted: rare(expression('Is deleted', 'True for a department that is gone.')),
  },
} as const satisfies Record<DataType, Record<string, object>>;

/** Fields that hold lists: an expression that finds a single value has found a list of one. */
export const LIST_FIELDS: readonly string[] = ['departments', 'ownerUids'];

/** Only where there are several pages. */
const PAGED = { 'x-when': { type: ['page', 'offset', 'cursor', 'link'] } };

const PAGING = {
  type: 'object',
  additionalProperties: false,
  title: 'Pages',
  default: {},
  properties: {
    type: {
      type: 'string',
      enum: PAGING_TYPES,
      default: 'none',
      title: 'How pages follow each other',
      description:
        'none: everything is in one answer. page: pages are numbered. offset: by the number of records before. ' +
        'cursor: each answer holds a mark for the next. link: each answer holds the address of the next.',
    },
    parameter: {
      'x-when': { type: ['page', 'offset', 'cursor'] },
      type: 'string',
      minLength: 1,
      maxLength: 200,
      title: 'Parameter for the position',
      description:
        'Name of the query parameter. When empty: page, offset or cursor for GET; nothing for POST, whose body has ' +
        '$page, $offset and $cursor.',
    },
    first: {
      'x-when': { type: ['page'] },
      type: 'integer',
      minimum: 0,
      maximum: 1,
      default: 1,
      title: 'Number of the first page',
      description: '1 or 0',
    },
    sizeParameter: {
      ...PAGED,
      ...{ type: 'string', minLength: 1, maxLength: 200 },
      title: 'Parameter for the page size',
    },
    size: {
      ...PAGED,
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
      title: 'Page size',
      description: 'Also $size in the body.',
    },
    next: {
      'x-when': { type: ['cursor', 'link'] },
      ...expression(
        'Where the next one is',
        'cursor: finds the mark in the answer, like meta.nextCursor. link: finds the address in the answer, like ' +
          '`@odata.nextLink`; when empty, the Link header of the answer is followed.',
      ),
    },
    more: {
      ...PAGED,
      ...expression(
        'Whether there is more',
        'Finds true or false in the answer, like hasMore. When empty, see the end below.',
      ),
    },
    total: expression(
      'How many there are',
      'Finds the number of all records in the answer, like meta.total, not that of one page. When fewer or more have come, nobody is taken for missing.',
    ),
  },
};

function endpointSchema(dataType: DataType): object {
  const fields = FIELDS[dataType];
  const what = ENDPOINT_OF[dataType];
  return {
    type: 'object',
    additionalProperties: false,
    required: ['url', 'fields'],
    title: what === 'users' ? 'Users' : 'Departments',
    description: `Where ${what} come from. Leave it out when there are none to read.`,
    properties: {
      url: {
        type: 'string',
        format: 'uri',
        pattern: '^[Hh][Tt][Tt][Pp][Ss]?://',
        not: NO_CREDENTIAL.address,
        maxLength: 2000,
        title: 'Address',
        description:
          'With parameters that never change, like https://hr.example/api/people?expand=groups. No user name, password ' +
          'or access_token: these belong into the authentication, where they are encrypted.',
      },
      method: { 'x-advanced': true, type: 'string', enum: ['GET', 'POST'], default: 'GET', title: 'Method' },
      body: {
        'x-advanced': true,
        ...expression('Body', 'JSON, in which $page, $offset, $size, $cursor and $since may stand.'),
        'x-when': { method: ['POST'] },
      },
      records: {
        ...expression('Where the records are', 'Finds the list in an answer, like data.items. $ is the whole answer.'),
        default: '$',
      },
      where: rare(expression('Which records', 'Only those for which this is true, like type = "employee".')),
      fields: {
        type: 'object',
        additionalProperties: false,
        required: ['uid'],
        title: 'Fields',
        description:
          'What of a record is what. Each is a JSONata expression; a name or a path of names is one already.',
        properties: fields,
      },
      customFields: {
        'x-advanced': true,
        type: 'object',
        title: 'Custom fields',
        description:
          'Further fields by the names that they get here. One that is taken away or renamed stays with who has it.',
        default: {},
        propertyNames: { maxLength: 100, not: { enum: [...Object.keys(fields), ...RESERVED_FIELDS] } },
        additionalProperties: expression('Expression'),
      },
      clearMissing: {
        'x-advanced': true,
        type: 'boolean',
        default: false,
        title: 'A missing field is empty',
        description:
          'What an expression does not find is cleared. Otherwise it stays as it was, which is right where an answer ' +
          'may leave things out.',
      },
      paging: PAGING,
      sinceParameter: {
        'x-advanced': true,
        type: 'string',
        minLength: 1,
        maxLength: 200,
        title: 'Parameter for changes only',
        description:
          'Name of the query parameter that asks for what changed since a time, like updated_since. Incremental reads ' +
          'use it. They say nothing about who is missing. For a POST, $since in its body is enough.',
      },
      sinceFormat: {
        'x-advanced': true,
        type: 'string',
        enum: SINCE_FORMATS,
        default: 'iso',
        title: 'How that time is written',
      },
    },
  };
}

const secret = (title: string): object => ({
  type: 'string',
  format: 'password',
  writeOnly: true,
  maxLength: 8000,
  title,
});

const text = (title: string, description?: string): object => ({
  type: 'string',
  minLength: 1,
  maxLength: 1000,
  title,
  ...(description !== undefined && { description }),
});

/** What HTTP allows in the name of a header, and in its value. */
const HEADER_NAME = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$";
const HEADER_VALUE = '^[\\t\\x20-\\x7e\\x80-\\xff]*$';

/** Shown for these ways of authentication. */
const only = (...ways: (typeof AUTHENTICATIONS)[number][]): object => ({ 'x-when': { authentication: ways } });

export const CONFIG_SCHEMA: ConfigSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    authentication: {
      type: 'string',
      enum: AUTHENTICATIONS,
      default: 'none',
      title: 'Authentication',
      description:
        'basic: user name and password. bearer: a token. oauth2: client credentials. header: a key in a header of its own.',
    },
    username: { ...text('User name'), ...only('basic') },
    password: { ...secret('Password'), ...only('basic') },
    token: { ...secret('Token'), ...only('bearer') },
    headerName: {
      ...text('Name of the header', 'Letters, digits and dashes.'),
      pattern: HEADER_NAME,
      default: 'X-Api-Key',
      ...only('header'),
    },
    headerValue: { ...secret('Key'), pattern: HEADER_VALUE, ...only('header') },
    tokenUrl: {
      ...text(
        'Address for tokens',
        'Like https://login.example/oauth/token. No password or secret: the client secret has a field of its own.',
      ),
      ...only('oauth2'),
      format: 'uri',
      pattern: '^[Hh][Tt][Tt][Pp][Ss]?://',
      not: NO_CREDENTIAL.address,
    },
    clientId: { ...text('Client id'), ...only('oauth2') },
    clientSecret: { ...secret('Client secret'), ...only('oauth2') },
    clientAuthentication: {
      'x-advanced': true,
      type: 'string',
      enum: ['header', 'body'],
      default: 'header',
      ...only('oauth2'),
      title: 'How the client names itself',
      description: 'header: as the standard prefers. body: among the fields of the form.',
    },
    scope: { ...text('Scope'), ...only('oauth2') },
    tokenParameters: {
      'x-advanced': true,
      type: 'object',
      title: 'Further fields of the token request',
      ...only('oauth2'),
      description: 'Like audience. Nothing secret.',
      default: {},
      propertyNames: {
        not: NO_CREDENTIAL.parameter,
        description: 'It would be stored and shown in clear. The client secret has a field of its own.',
      },
      additionalProperties: { type: 'string', maxLength: 1000 },
    },
    headers: {
      'x-advanced': true,
      type: 'array',
      maxItems: 50,
      default: [],
      title: 'Further headers',
      description: 'Nothing secret: they are stored and shown in clear. A key belongs in the authentication.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'value'],
        properties: {
          name: {
            ...text(
              'Name',
              'Letters, digits and dashes. Not Authorization, Proxy-Authorization or Cookie: choose "header" as the ' +
                'authentication for them, where their value is encrypted.',
            ),
            pattern: HEADER_NAME,
            not: NO_CREDENTIAL.header,
          },
          value: {
            type: 'string',
            maxLength: 4000,
            pattern: HEADER_VALUE,
            title: 'Value',
            description: 'One line, of characters that HTTP allows.',
          },
        },
      },
    },
    departments: endpointSchema('department'),
    users: endpointSchema('user'),
    timeoutSeconds: {
      'x-advanced': true,
      ...{ type: 'integer', minimum: 1, maximum: 300, default: 30 },
      title: 'Seconds to wait for an answer',
    },
    maxMegabytes: {
      'x-advanced': true,
      ...{ type: 'integer', minimum: 1, maximum: 128, default: 32 },
      title: 'Largest answer in megabytes',
    },
    maxPages: {
      'x-advanced': true,
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
      default: 10_000,
      title: 'Most pages',
      description: 'A read with more is given up: it goes round in circles.',
    },
    requestsPerMinute: {
      'x-advanced': true,
      type: 'integer',
      minimum: 1,
      maximum: 100_000,
      title: 'Requests per minute',
      description: 'At most so many. Without a limit when empty.',
    },
  },
};
