import { Injectable } from '@nestjs/common';
import { AdapterContexts } from '../adapters/adapter-contexts';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { ConnectionCheck } from '../adapters/connection-check';
import { MessageTexts } from '../adapters/message-texts';
import type { Options } from '@rollcall/core/checks';
import type { CheckAnswer } from '../adapters/connection-check';
import { TargetOptions } from './target-options';
import { TargetTasks } from './target-tasks.service';
import type { Target } from './target.entity';

/** Tries the options of targets. */
@Injectable()
export class TargetCheckService extends ConnectionCheck {
  constructor(
    registry: AdapterRegistry,
    options: TargetOptions,
    contexts: AdapterContexts,
    texts: MessageTexts,
    private readonly tasks: TargetTasks,
  ) {
    super('target', registry, options, contexts, texts);
  }

  /** A target that is well as it is stored gets at once what waits for that. */
  override async checkStored(target: Target, changed?: Options): Promise<CheckAnswer> {
    const answer = await super.checkStored(target, changed);
    if (answer.ok && !changed) await this.tasks.tryAtOnce(target.id);
    return answer;
  }
}
