import { Injectable, Logger } from '@nestjs/common';
import { isRollcallError } from '@rollcall/core';
import type { Request } from 'express';
import { exhaustMap, filter, finalize, interval, type Observable, share } from 'rxjs';
import type { AccessLevel } from './access';
import { Authenticator } from './authenticator';
import { type Caller, may } from './caller';

/** An answer that goes on ends this long after its caller lost access, at the latest, and what the look itself takes. */
const LOOK_EVERY_MS = 3_000;

/**
 * Access to answers that go on for as long as somebody listens: the guard is asked when they begin, and this all along.
 * A key may be revoked or expire meanwhile, a session end, an account get another role or be deleted.
 */
@Injectable()
export class LastingAccess {
  private readonly logger = new Logger(LastingAccess.name);
  /** By credential: one look serves all that its owner listens to. */
  private readonly looks = new Map<string, Observable<Caller | undefined>>();

  constructor(private readonly authenticator: Authenticator) {}

  /** Emits when the request's credential does not stand any more for somebody who may do what the level stands for. */
  lost(request: Request, level: AccessLevel): Observable<unknown> {
    const credential = request.headers.authorization ?? request.headers.cookie ?? '';
    const look = this.looks.get(credential) ?? this.lookFor(request, credential);
    return look.pipe(filter((caller) => caller === undefined || !may(caller, level)));
  }

  private lookFor(request: Request, credential: string): Observable<Caller | undefined> {
    const look = interval(LOOK_EVERY_MS).pipe(
      exhaustMap(() => this.callerNow(request)),
      finalize(() => this.looks.delete(credential)),
      share(),
    );
    this.looks.set(credential, look);
    return look;
  }

  /** Who cannot be asked for is nobody: the answer ends, and its reader comes back and is told what is wrong. */
  private async callerNow(request: Request): Promise<Caller | undefined> {
    try {
      return await this.authenticator.callerNow(request);
    } catch (error) {
      if (!isRollcallError(error)) {
        this.logger.warn({ err: error }, 'Who follows the events of tasks could not be looked up; their streams end');
      }
      return undefined;
    }
  }
}
