import { translateMessage } from '@rollcall/core';
import { AddressRules } from './address-rules';
import { OUTBOUND_MESSAGES } from './messages';

const rules = new AddressRules(false);

describe('why an address is refused is said in all languages', () => {
  it.each([
    ['0.0.0.0', 'une adresse indéterminée', '未指定的地址'],
    ['255.255.255.255', 'une adresse de diffusion', '广播地址'],
    ['224.0.0.1', 'une adresse de multidiffusion', '组播地址'],
    ['127.0.0.1', 'une adresse de bouclage', '回环地址'],
    ['10.0.0.1', 'une adresse privée', '私有地址'],
    ['169.254.169.254', 'une adresse de lien local', '链路本地地址'],
    ['fd00::1', 'une adresse locale unique', '唯一本地地址'],
    ['100.64.0.1', 'une adresse de NAT d’opérateur', '运营商级 NAT 地址'],
    ['::ffff:8.8.8.8', 'une adresse IPv6 qui cache une adresse IPv4', 'IPv4 映射的 IPv6 地址'],
    ['192.0.2.1', 'une adresse réservée', '保留地址'],
    ['168.63.129.16', 'celle où un nuage livre ses secrets', '云平台提供密钥的地址'],
  ])('%s', (ip, french, chinese) => {
    const what = rules.objection(ip);
    for (const [why, fr, zh] of [
      [`${ip} is ${what}`, `${ip} est ${french}`, `${ip} 是${chinese}`],
      [
        `x.example leads to ${ip}, which is ${what}`,
        `x.example mène à ${ip}, qui est ${french}`,
        `x.example 指向 ${ip}，这是${chinese}`,
      ],
    ] as const) {
      expect(translateMessage(OUTBOUND_MESSAGES.fr, why)).toBe(fr);
      expect(translateMessage(OUTBOUND_MESSAGES['zh-CN'], why)).toBe(zh);
    }
  });
});
