import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { RollcallError } from '../errors';
import { defineSource, type Page, type PullContext, type PullResult, type SourceAdapter } from '../source';
import type { Conformance } from './conformance';
import { sourceConformance } from './source-conformance';
import type { TcpAddress } from './tcp-proxy';

interface Options {
  host: string;
  port: number;
  password: string;
}

const PASSWORD = 'directory-5F6g';
const UIDS = Array.from({ length: 9 }, (_, n) => `u-${n + 1}`);

/** A directory with a protocol of its own: a password, then everybody, a line each, then a full stop. */
function speak(socket: Socket): void {
  socket.on('error', () => socket.destroy());
  createInterface(socket).once('line', (password) => {
    socket.write(
      password === PASSWORD ? `${UIDS.map((uid) => `+${uid} ${uid}@x.example`).join('\n')}\n.\n` : '-refused\n',
    );
  });
}

let server: Server;
beforeAll(async () => {
  server = createServer(speak).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Mistakes {
  /** Takes the end of the connection for that of the list. */
  endsEarly?: boolean;
  /** Leaves the connection open. */
  leavesOpen?: boolean;
  /** Does not hear that it is to stop. */
  deaf?: boolean;
}

async function* pull(
  { options, signal }: PullContext<Options>,
  wrong: Mistakes,
): AsyncGenerator<Page, PullResult, undefined> {
  const socket = connect(options);
  let broken: Error | undefined;
  socket.on('error', (error) => (broken = error));
  const stop = (): void => void socket.destroy(new Error('stopped'));
  if (!wrong.deaf) signal.addEventListener('abort', stop);
  try {
    socket.write(`${options.password}\n`);
    for await (const line of createInterface(socket)) {
      if (line.startsWith('-'))
        throw new RollcallError('credentials', 'The directory refuses the password.', { field: 'password' });
      if (line === '.') return { complete: { user: true } };
      const [uid = '', email = ''] = line.slice(1).split(' ');
      if (/^u-\d$/.test(uid) && email.endsWith('.example')) yield { dataType: 'user', records: [{ uid, email }] };
    }
    if (wrong.endsEarly) return { complete: { user: true } };
    throw new RollcallError('network', `The connection to the directory ended early${broken ? ', it broke off' : ''}.`);
  } finally {
    signal.removeEventListener('abort', stop);
    if (!wrong.leavesOpen) socket.destroy();
  }
}

const source = (wrong: Mistakes = {}): SourceAdapter<Options> =>
  defineSource<Options>({
    id: 'lines',
    title: 'Lines',
    version: '1.0.0',
    configSchema: {
      type: 'object',
      additionalProperties: false,
      required: ['host', 'port', 'password'],
      properties: {
        host: { type: 'string', title: 'Host' },
        port: { type: 'integer', title: 'Port' },
        password: { type: 'string', format: 'password', writeOnly: true, title: 'Password' },
      },
    },
    pull: (context) => pull(context, wrong),
  });

const kit = (wrong?: Mistakes): Conformance => {
  const at = ({ host, port }: TcpAddress): Options => ({ host, port, password: PASSWORD });
  const address = (): TcpAddress => ({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  return sourceConformance(source(wrong), {
    options: () => at(address()),
    holds: () => ({ user: UIDS }),
    tcp: { server: address, through: at },
  });
};

describe('an adapter with a client of its own', () => {
  for (const rule of kit()) it(rule.title, rule.run, rule.timeoutMs);

  it('is asked all that does not speak of HTTP', () => {
    const { leftOut } = kit();
    expect(leftOut.flatMap(({ id, reason }) => (reason.includes('HTTP') ? [id] : []))).toEqual([
      ...['failure-busy', 'failure-server-error', 'failure-html', 'asked-to-wait'],
    ]);
  });
});

it.each<[string, Mistakes]>([
  ['failure-truncated', { endsEarly: true }],
  ['failure-connection', { endsEarly: true }],
  ['nothing-left', { leavesOpen: true }],
  ['abandoned', { leavesOpen: true }],
  ['abort-while-asking', { deaf: true }],
])('by "%s" %j is caught', async (id, wrong) => {
  const rule = kit(wrong).rules.find((one) => one.id === id);
  await expect(rule!.run()).rejects.toMatchObject({ name: 'ConformanceError' });
});
