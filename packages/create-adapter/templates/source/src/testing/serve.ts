import { FakeApi, TOKEN } from './fake-api.js';

// Where options.json looks for it.
const api = await new FakeApi().start(4010);
console.log(`A made-up Acme HR is at ${api.url}; its token is "${TOKEN}". Ctrl-C stops it.`);
