import { join } from 'node:path';
import { type DynamicModule, Logger, Module, type OnModuleInit } from '@nestjs/common';
import type { Adapter } from '@rollcall/core';
import { Config } from '../config';
import { OutboundHttp } from '../outbound/outbound-http';
import { AdapterContexts } from './adapter-contexts';
import { AdapterRegistry } from './adapter-registry';
import { adapterToken } from './adapter-token';
import { addedPackages, shareCore } from './added-packages';
import { AdaptersController } from './adapters.controller';
import { BUILT_IN } from './built-in';
import { hearingRejections } from './hear-rejections';
import { type ImportPackage, importPackage } from './import-package';
import { loadAdapters } from './load-adapters';
import { MessageTexts } from './message-texts';
import { searchedFolders, wantedPackages } from './wanted-packages';

/**
 * Makes every adapter a Nest provider and fills the `AdapterRegistry`. The adapters are loaded before Nest wires
 * anything, because what they bring (entities and migrations of targets) shapes other modules; an impossible one refuses
 * to boot.
 */
@Module({})
export class AdaptersModule implements OnModuleInit {
  private readonly logger = new Logger(AdaptersModule.name);

  constructor(private readonly registry: AdapterRegistry) {}

  onModuleInit(): void {
    for (const { origin, error } of this.registry.unavailable()) {
      this.logger.warn(`Going on without ${origin}: ${error}`);
    }
  }

  static async forRoot(
    config: Pick<Config, 'home' | 'adapters' | 'adaptersOnError'>,
    load: ImportPackage = importPackage,
  ): Promise<DynamicModule> {
    const folder = join(config.home, 'adapters');
    const packages = wantedPackages(config.adapters, addedPackages(folder));
    shareCore(folder);
    const { loaded, unavailable } = await loadAdapters({
      builtIn: BUILT_IN,
      packages,
      from: searchedFolders(folder),
      onError: config.adaptersOnError,
      importPackage: hearingRejections(load),
    });
    const tokens = loaded.map(({ adapter }) => adapterToken(adapter.kind, adapter.id));
    return {
      module: AdaptersModule,
      global: true,
      controllers: [AdaptersController],
      providers: [
        ...loaded.map(({ adapter }) => ({ provide: adapterToken(adapter.kind, adapter.id), useValue: adapter })),
        {
          provide: AdapterRegistry,
          inject: tokens,
          useFactory: (...adapters: Adapter[]) =>
            new AdapterRegistry(
              loaded.map((entry, index) => ({ ...entry, adapter: adapters[index] ?? entry.adapter })),
              unavailable,
            ),
        },
        { provide: OutboundHttp, inject: [Config], useFactory: (own: Config) => new OutboundHttp(own) },
        AdapterContexts,
        MessageTexts,
      ],
      exports: [...tokens, AdapterRegistry, AdapterContexts, MessageTexts],
    };
  }
}
