// node tools/fake-wecom/fake-wecom.mjs: the fake as a program. See --help.
import { parseArgs } from 'node:util';
import { Refusal, main } from '../bootstrap.mjs';
import { startFakeWecom } from './server.mjs';

const OPTIONS = {
  port: { type: 'string', default: '4100' },
  people: { type: 'string', default: '200' },
  departments: { type: 'string', default: '20' },
  seed: { type: 'string', default: '1' },
  settings: { type: 'string', default: '{}' },
  help: { type: 'boolean' },
};

const HELP = `node tools/fake-wecom/fake-wecom.mjs [options]

A fake of the WeCom contacts API on 127.0.0.1, with a made-up company. It prints its address and its secrets, and runs until
Ctrl-C. The same seed makes the same company and the same secrets.

  --port 4100         0 takes a free one
  --people 200        up to 100000
  --departments 20    up to 30000; peculiar ones are among them from 6 on, and 15 levels from 52 on
  --seed 1
  --settings '{}'     switches as JSON, like '{"ipIsNew": false, "limits": {"perMinute": 60}}'; GET /admin/settings shows
                      them all, tools/fake-wecom/README.md explains them
  --help
`;

await main(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(HELP);
  const { people, departments, seed } = {
    people: wholeNumber(values, 'people', 0, 100_000),
    departments: wholeNumber(values, 'departments', 1, 30_000),
    seed: wholeNumber(values, 'seed', 0, 2 ** 32 - 1),
  };
  const port = wholeNumber(values, 'port', 0, 65_535);
  const fake = await startFakeWecom({ port, people, departments, seed, settings: settingsOf(values.settings) }).catch(
    (error) => {
      if (error.code === 'EADDRINUSE') throw new Refusal(`Port ${port} is taken. Choose another with --port.`);
      throw error;
    },
  );
  const { url, corp } = fake;
  console.log(`
  API               ${url}/cgi-bin/
  Admin             ${url}/admin
  Company           ${people} people in ${departments} departments, seed ${seed}
  Corp id           ${corp.corpId}
  Agent id          ${corp.agentId}
  App secret        ${corp.agentSecret}
  Contacts secret   ${corp.contactsSecret}
  Callback token    ${corp.callbackToken}
  EncodingAESKey    ${corp.encodingAesKey}

  Ctrl-C stops it.
`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void fake.close());
});

function wholeNumber(values, name, least, most) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Refusal(`--${name} ${values[name]} is not a whole number from ${least} to ${most}.`);
}

function settingsOf(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(`--settings is not JSON: ${error.message}`);
  }
}
