import { messagesIn } from '@rollcall/core';

/** Why an adapter cannot be used (`AdapterRegistry`), in the other languages. */
export const ADAPTER_MESSAGES = messagesIn(['fr', 'zh-CN'], {
  'The source adapter "{id}" is not installed. Install its package with "npx rollcall add <package>" and start Rollcall again.':
    [
      'L’adaptateur de source « {id} » n’est pas installé. Installez son paquet avec « npx rollcall add <paquet> » et redémarrez Rollcall.',
      '数据源适配器“{id}”未安装。请用“npx rollcall add <软件包>”安装其软件包，然后重新启动 Rollcall。',
    ],
  'The target adapter "{id}" is not installed. Install its package with "npx rollcall add <package>" and start Rollcall again.':
    [
      'L’adaptateur de cible « {id} » n’est pas installé. Installez son paquet avec « npx rollcall add <paquet> » et redémarrez Rollcall.',
      '目标适配器“{id}”未安装。请用“npx rollcall add <软件包>”安装其软件包，然后重新启动 Rollcall。',
    ],
});
