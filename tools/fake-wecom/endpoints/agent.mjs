import { ApiError } from '../api/errors.mjs';
import { numberOf } from './parameters.mjs';

/** The vendor's addresses, all of them from ranges for documentation. */
const CALLBACK_IPS = ['192.0.2.*', '198.51.100.17'];
const API_IPS = ['203.0.113.10', '203.0.113.11'];

/** The token, the app itself, and addresses. */
export const AGENT_ENDPOINTS = {
  gettoken: {
    method: 'GET',
    isOpen: true,
    run: ({ tokens, query, ip }) => tokens.issue(query.get('corpid'), query.get('corpsecret'), ip),
  },
  'agent/get': {
    method: 'GET',
    run({ corp, query, settings }) {
      if (numberOf(query, 'agentid', true) !== corp.agentId) throw new ApiError(301002);
      const { departments, users, tags } = settings.visibleRange;
      return {
        agentid: corp.agentId,
        name: 'Rollcall',
        square_logo_url: 'https://example.com/logo.png',
        description: '',
        allow_userinfos: { user: users.map((userid) => ({ userid })) },
        allow_partys: { partyid: departments },
        allow_tags: { tagid: tags },
        close: settings.appDisabled ? 1 : 0,
        redirect_domain: '',
        report_location_flag: 0,
        isreportenter: 0,
        home_url: '',
      };
    },
  },
  getcallbackip: { method: 'GET', lists: ['ip_list'], run: () => ({ ip_list: CALLBACK_IPS }) },
  get_api_domain_ip: { method: 'GET', lists: ['ip_list'], run: () => ({ ip_list: API_IPS }) },
};
