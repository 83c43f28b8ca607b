/** Which of the two secrets: that of the self-built app, or that of contacts-sync. */
export type SecretKind = 'app' | 'contacts';

/** Ids and secrets, the same for the same seed. */
export interface Corp {
  corpId: string;
  agentId: number;
  agentSecret: string;
  contactsSecret: string;
  callbackToken: string;
  encodingAesKey: string;
}

/** In the vendor's fields. */
export interface Department {
  id: number;
  name: string;
  name_en?: string;
  /** 0 for the root. */
  parentid: number;
  /** Up to 2^32 - 1; the larger comes first. */
  order: number;
  department_leader: string[];
}

/** In the vendor's fields. */
export interface Member {
  userid: string;
  name: string;
  department: number[];
  order: number[];
  position: string;
  mobile: string;
  gender: string;
  email: string;
  biz_mail: string;
  is_leader_in_dept: number[];
  direct_leader: string[];
  avatar: string;
  thumb_avatar: string;
  telephone: string;
  alias: string;
  address: string;
  main_department: number;
  /** 1 active, 2 disabled, 4 never signed in, 5 left. */
  status: number;
  extattr: { attrs?: Record<string, unknown>[] };
  qr_code: string;
  external_position: string;
  external_profile: Record<string, unknown>;
}

export interface Tag {
  tagid: number;
  tagname: string;
  userlist: string[];
  partylist: number[];
}

/** A company of one's own: what is not said is blank, active, and in the root. */
export interface CompanyOptions {
  departments: (Pick<Department, 'id' | 'name' | 'parentid'> & Partial<Department>)[];
  members?: (Pick<Member, 'userid' | 'name'> & Partial<Member>)[];
  tags?: (Pick<Tag, 'tagid' | 'tagname'> & Partial<Tag>)[];
}

/** Peculiar ones of a generated company; README.md says what they are. */
export interface Notable {
  emptyDepartment?: number;
  hiddenDepartment?: number;
  oddDepartment?: number;
  namedLikeRoot?: number;
  deepestDepartment?: number;
  openDepartments?: number[];
  pickedAlone?: string;
  busiest?: string;
}

/** All switches; README.md explains them. */
export interface SettingValues {
  appCreated: 'before' | 'after';
  ipIsNew: boolean;
  trustedIps: Record<SecretKind, string[] | null>;
  trustedIpDelaySeconds: number;
  callerIp: string | null;
  visibleRange: { departments: number[]; users: string[]; tags: number[] };
  fetchChild: boolean;
  hiddenFields: 'absent' | 'empty';
  leftMembers: 'listed' | 'hidden';
  outsideRangeErrcode: 60111 | 60011 | 60021;
  appDisabled: boolean;
  apiEdit: boolean;
  strictMethods: boolean;
  tokenLifeSeconds: number;
  tokenReuse: boolean;
  latencyMs: number;
  limits: {
    perMinute: number;
    perHour: number;
    ipPerMinute: number;
    ipPerHour: number;
    debugPerMinute: number;
    wrongSecretsPerHour: number;
    wrongPhonesShare: number;
    parallel: number;
    minuteMs: number;
    hourMs: number;
  };
  pages: { userListMax: number; listId: number; emptyPages: boolean; cursorSeconds: number; exportBlock: number };
  exports: { waitingMs: number; processingMs: number; fail: boolean; fileSeconds: number };
  callbacks: {
    form: 'short' | 'long';
    body: 'xml' | 'json';
    agentId: 'empty' | 'zero' | 'missing';
    shortName: 'missing' | 'empty';
    addTriple: boolean;
    rawPlus: boolean;
    resign: boolean;
    verifyTimeoutMs: number;
    timeoutMs: number;
    retries: number;
    retryDelayMs: number;
    parallel: number;
    pauseMs: number;
    hold: boolean;
    duplicate: number;
    drop: number;
    reorder: number;
    reorderMs: number;
  };
}

/** Group by group, only what changes. */
export type SettingsPatch = {
  [Name in keyof SettingValues]?: SettingValues[Name] extends unknown[] | null
    ? SettingValues[Name]
    : SettingValues[Name] extends object
      ? Partial<SettingValues[Name]>
      : SettingValues[Name];
};

export interface FakeOptions {
  /** A free one when absent. */
  port?: number;
  /** Makes company, ids and secrets repeatable; 1 when absent. */
  seed?: number;
  /** Of the generated company: 50 people in 8 departments when absent. */
  people?: number;
  departments?: number;
  /** Instead of a generated one. */
  company?: CompanyOptions;
  corp?: Partial<Corp>;
  settings?: SettingsPatch;
}

export interface FaultRule {
  kind: 'errcode' | 'reset' | 'cut' | 'hang' | 'status' | 'html' | 'truncated' | 'empty' | 'no_errcode' | 'slow';
  /** Like `user/list`; every one when absent. */
  endpoint?: string;
  secret?: SecretKind;
  /** Parameters that a call must have. */
  query?: Record<string, string | number>;
  /** The first call that it hits, counted from when the rule was made; 1 when absent. */
  from?: number;
  /** How many calls from there; 1 when absent, `null` for ever. */
  times?: number | null;
  /** Only each n-th of them. */
  every?: number;
  errcode?: number;
  errmsg?: string;
  status?: number;
  ms?: number;
}

export interface Fault extends FaultRule {
  id: number;
  calls: number;
  hits: number;
}

export interface CallbackTarget {
  url: string;
  /** Those of the corp when absent. */
  token?: string;
  encodingAesKey?: string;
}

export interface Delivery {
  id: number;
  kind: SecretKind;
  event: string;
  changeType?: string;
  at: string;
  /** The XML before it was encrypted. */
  message: string;
  state: 'waiting' | 'sending' | 'delivered' | 'failed' | 'dropped';
  attempts: { status?: number; error?: string }[];
  duplicateOf?: number;
}

export interface CounterValues {
  total: number;
  calls: Record<string, number>;
  /** Endpoint → errcode, or kind of a fault → how often. */
  errors: Record<string, Record<string, number>>;
  highestParallel: number;
  parallelByEndpoint: Record<string, number>;
  /** Most calls within any 60 seconds. */
  busiestMinute: number;
  perMinute: { minute: string; calls: number }[];
}

export type ChangeKind =
  'move' | 'rename' | 'add' | 'delete' | 'disable' | 'enable' | 'userid' | 'moveDepartment' | 'addDepartment';

export interface RandomChange {
  kind: ChangeKind;
  id: string | number;
}

/** What an admin does; throws an error with the vendor's `errcode` for what cannot be. */
export interface Administration {
  addMember(member: Pick<Member, 'userid' | 'name'> & Partial<Member>): Member;
  updateMember(userid: string, patch: Partial<Member> & { new_userid?: string }): Member;
  moveMember(userid: string, departments: number[]): Member;
  renameMember(userid: string, name: string): Member;
  disableMember(userid: string): Member;
  enableMember(userid: string): Member;
  changeUserid(userid: string, newUserid: string): Member;
  deleteMember(userid: string): void;
  addDepartment(department: Pick<Department, 'name' | 'parentid'> & Partial<Department>): Department;
  updateDepartment(id: number, patch: Partial<Omit<Department, 'id'>>): Department;
  moveDepartment(id: number, parentid: number): Department;
  renameDepartment(id: number, name: string): Department;
  deleteDepartment(id: number): void;
  putTag(tag: Pick<Tag, 'tagid'> & Partial<Tag>): Tag;
  deleteTag(tagid: number): void;
}

export interface FakeWecom {
  /** `http://127.0.0.1:<port>`; the API is below `/cgi-bin/`, the admin API below `/admin`. */
  readonly url: string;
  readonly corp: Corp;
  readonly notable: Notable;
  readonly administration: Administration;
  readonly company: {
    departments(): Department[];
    department(id: number): Department | undefined;
    members(): Member[];
    member(userid: string): Member | undefined;
    membersOf(id: number): Member[];
    level(id: number): number;
  };
  readonly settings: { readonly values: SettingValues; reset(): SettingValues };
  /** Changes switches. Throws for one that there is not. */
  configure(patch: SettingsPatch): SettingValues;
  /** Everything there is, to be compared with. */
  truth(): { departments: Department[]; members: Member[]; tags: Tag[] };
  /** What one secret sees, as the detail endpoints answer it. */
  truth(kind: SecretKind): { departments: Department[]; members: Partial<Member>[] };
  readonly tokens: {
    expire(kind?: SecretKind): void;
    revoke(kind?: SecretKind): void;
    resetSecret(kind: SecretKind): string;
  };
  readonly clock: { now(): number; advance(milliseconds: number): void };
  readonly limits: { clear(): void };
  readonly faults: { add(rule: FaultRule): Fault; list(): Fault[]; clear(id?: number): void };
  readonly counters: { read(): CounterValues; reset(): void };
  /** Verifies the address, and throws when that fails. */
  setCallback(kind: SecretKind, target: CallbackTarget): Promise<void>;
  readonly callbacks: {
    remove(kind: SecretKind): void;
    targets(): Partial<Record<SecretKind, string>>;
    release(options?: { shuffle?: boolean; duplicate?: number }): number;
    deliveries(): Delivery[];
    forgetDeliveries(): void;
    idle(): Promise<void>;
  };
  changeAtRandom(count: number, kinds?: ChangeKind[]): RandomChange[];
  /** Many changes whose callbacks go out together. */
  burst(options: { changes: number; kinds?: ChangeKind[]; shuffle?: boolean; duplicate?: number }): {
    changes: RandomChange[];
    callbacks: number;
  };
  close(): Promise<void>;
}

/** Starts a fake of the WeCom contacts API on loopback. */
export function startFakeWecom(options?: FakeOptions): Promise<FakeWecom>;
