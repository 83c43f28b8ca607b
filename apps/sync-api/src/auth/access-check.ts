import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS_METADATA, type AccessLevel } from './access';

/** One route of the app and who may use it. */
export interface RouteAccess {
  controller: string;
  handler: string;
  method: string;
  levels: AccessLevel[] | undefined;
}

/** Deny by default: an app with a route that does not say who may use it does not boot. */
@Injectable()
export class AccessCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const open = this.routes().filter((route) => !route.levels);
    if (open.length === 0) return;
    const names = open.map((route) => `${route.controller}.${route.handler}`).join(', ');
    throw new Error(`Routes without an access rule: ${names}. Put @Access(…) on the handler or its controller.`);
  }

  /** Every handler of every controller. */
  routes(): RouteAccess[] {
    return this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      const prototype: unknown = instance ? Object.getPrototypeOf(instance) : undefined;
      if (!prototype || !metatype) return [];
      return this.scanner.getAllMethodNames(prototype).flatMap((name): RouteAccess[] => {
        const handler = (prototype as Record<string, unknown>)[name];
        if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
        const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod;
        return [
          {
            controller: metatype.name,
            handler: name,
            method: RequestMethod[method],
            levels: this.reflector.getAllAndOverride<AccessLevel[] | undefined>(ACCESS_METADATA, [
              handler as () => void,
              metatype,
            ]),
          },
        ];
      });
    });
  }
}
