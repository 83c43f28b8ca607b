import { FakeApi, TOKEN } from './fake-api.js';

const api = await new FakeApi().start(4011);
console.log(`A made-up Acme CRM is at ${api.url}; its token is "${TOKEN}". Ctrl-C stops it.`);
