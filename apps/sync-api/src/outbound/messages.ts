import { messagesIn } from '@rollcall/core';

/** Why an address is refused (`address-rules.ts`). */
const REFUSED = {
  'an unspecified address': ['une adresse indéterminée', '未指定的地址'],
  'a broadcast address': ['une adresse de diffusion', '广播地址'],
  'a multicast address': ['une adresse de multidiffusion', '组播地址'],
  'a loopback address': ['une adresse de bouclage', '回环地址'],
  'a private address': ['une adresse privée', '私有地址'],
  'a link-local address': ['une adresse de lien local', '链路本地地址'],
  'a unique-local address': ['une adresse locale unique', '唯一本地地址'],
  'a carrier-grade NAT address': ['une adresse de NAT d’opérateur', '运营商级 NAT 地址'],
  'an IPv4-mapped IPv6 address': ['une adresse IPv6 qui cache une adresse IPv4', 'IPv4 映射的 IPv6 地址'],
  'a reserved address': ['une adresse réservée', '保留地址'],
  'where a cloud tells its secrets': ['celle où un nuage livre ses secrets', '云平台提供密钥的地址'],
} as const;

/** What the service says on behalf of adapters, in the other languages: they all call through it. */
export const OUTBOUND_MESSAGES = messagesIn(['fr', 'zh-CN'], {
  // Why a host cannot be reached (`network-reason.ts`).
  'there is no host of this name': ['aucun hôte ne porte ce nom', '没有此名称的主机'],
  'this host name has no address': ['ce nom d’hôte n’a pas d’adresse', '此主机名没有地址'],
  'the name could not be looked up, the name server does not answer': [
    'le nom n’a pas pu être résolu, le serveur de noms ne répond pas',
    '无法解析名称，DNS 服务器没有响应',
  ],
  'the connection is refused, nothing listens there': [
    'la connexion est refusée, rien n’écoute à cet endroit',
    '连接被拒绝，对方没有在监听',
  ],
  'the connection broke off': ['la connexion s’est rompue', '连接中断'],
  'there is no way to this host': ['aucun chemin ne mène à cet hôte', '无法到达此主机'],
  'there is no way to this network': ['aucun chemin ne mène à ce réseau', '无法到达此网络'],
  'no connection came about in time': ['aucune connexion n’a abouti à temps', '连接超时'],
  'the answer is shorter than announced': ['la réponse est plus courte qu’annoncé', '应答比声明的短'],
  'the headers of the answer are too large': ['les en-têtes de la réponse sont trop grands', '应答头过大'],
  'its certificate is self-signed': ['son certificat est auto-signé', '其证书为自签名'],
  'its certificate was issued by an authority that is not trusted here': [
    'son certificat vient d’une autorité qui n’est pas reconnue ici',
    '其证书的签发机构不受信任',
  ],
  'its certificate has expired': ['son certificat a expiré', '其证书已过期'],
  'its certificate is not valid yet': ['son certificat n’est pas encore valable', '其证书尚未生效'],
  'its certificate was revoked': ['son certificat a été révoqué', '其证书已吊销'],
  'its certificate is for another host name': ['son certificat est pour un autre nom d’hôte', '其证书属于其他主机名'],
  'it does not speak TLS there; is it http:// instead of https://?': [
    'il ne parle pas TLS à cet endroit ; serait-ce http:// au lieu de https:// ?',
    '对方未使用 TLS；是否应为 http:// 而不是 https://？',
  ],
  'TLS could not be agreed on': ['aucun accord TLS n’a été trouvé', 'TLS 协商失败'],
  'TLS could not be agreed on ({code})': ['aucun accord TLS n’a été trouvé ({code})', 'TLS 协商失败（{code}）'],
  'what it sends is not HTTP': ['ce qu’il envoie n’est pas du HTTP', '对方发送的不是 HTTP'],
  'the connection failed': ['la connexion a échoué', '连接失败'],
  'the connection failed ({code})': ['la connexion a échoué ({code})', '连接失败（{code}）'],

  '{host} cannot be reached: {reason}.': ['{host} est injoignable : {reason}.', '无法连接 {host}：{reason}。'],
  'The operator can make its authority known with NODE_EXTRA_CA_CERTS=<file>.': [
    'L’exploitant peut faire reconnaître son autorité avec NODE_EXTRA_CA_CERTS=<fichier>.',
    '服务器管理员可通过 NODE_EXTRA_CA_CERTS=<文件> 信任其签发机构。',
  ],
  '{host} did not answer within {seconds} seconds.': [
    '{host} n’a pas répondu en {seconds} secondes.',
    '{host} 在 {seconds} 秒内没有响应。',
  ],
  'The answer of {host} broke off.': ['La réponse de {host} s’est interrompue.', '{host} 的应答中断。'],
  'The answer of {host} is larger than {size}.': ['La réponse de {host} dépasse {size}.', '{host} 的应答超过 {size}。'],
  '{host} redirects in circles, or more than {n} times.': [
    '{host} redirige en rond, ou plus de {n} fois.',
    '{host} 循环重定向，或重定向超过 {n} 次。',
  ],
  '{host} redirects to {address}, which is not sent what was meant for the first. Enter the new address.': [
    '{host} redirige vers {address}, à qui n’est pas envoyé ce qui était destiné à la première. Saisissez la nouvelle adresse.',
    '{host} 重定向到 {address}，不会向其发送原本给前者的内容。请填写新地址。',
  ],
  '{what}: such addresses are not called. If this one is right, the operator of Rollcall can allow it with ROLLCALL_ALLOW_ADDRESSES={host} (or all of them with ROLLCALL_ALLOW_PRIVATE_ADDRESSES=on).':
    [
      '{what} : de telles adresses ne sont pas appelées. Si celle-ci est bonne, l’exploitant de Rollcall peut l’autoriser avec ROLLCALL_ALLOW_ADDRESSES={host} (ou toutes avec ROLLCALL_ALLOW_PRIVATE_ADDRESSES=on).',
      '{what}：不会访问此类地址。如确实需要，Rollcall 的服务器管理员可用 ROLLCALL_ALLOW_ADDRESSES={host} 放行（或用 ROLLCALL_ALLOW_PRIVATE_ADDRESSES=on 放行全部）。',
    ],
  ...Object.fromEntries(
    Object.entries(REFUSED).flatMap(([kind, [fr, zh]]) => [
      [`{host} is ${kind}`, [`{host} est ${fr}`, `{host} 是${zh}`]],
      [
        `{host} leads to {address}, which is ${kind}`,
        [`{host} mène à {address}, qui est ${fr}`, `{host} 指向 {address}，这是${zh}`],
      ],
    ]),
  ),
  'The address holds a user name or a password: these belong into fields of their own.': [
    'L’adresse contient un nom d’utilisateur ou un mot de passe : leur place est dans les champs prévus.',
    '地址中包含用户名或密码：请填写到相应的字段中。',
  ],
  'The check was not finished within {seconds} s. Either there was no answer, or working it out takes too long.': [
    'Le test n’a pas abouti en {seconds} s. Soit il n’y a pas eu de réponse, soit le calcul est trop long.',
    '测试在 {seconds} 秒内未完成：没有响应，或计算耗时过长。',
  ],
  'The options are valid. The adapter "{adapter}" has no way to try them.': [
    'Les options sont valables. L’adaptateur « {adapter} » n’a aucun moyen de les essayer.',
    '选项有效。适配器“{adapter}”无法测试连接。',
  ],
});
