import { ApiPropertyOptional } from '@nestjs/swagger';
import { FailureView } from './failure-view';
import type { Names, ReferenceNames } from './reference-names';

const namesProperty = (description: string, example: Names): PropertyDecorator =>
  ApiPropertyOptional({ description, type: 'object', additionalProperties: { type: 'string' }, example });

/** A failure, or a change, with what they are called whom its differences name. */
export class NamingView extends FailureView implements ReferenceNames {
  @namesProperty('Uid → title of departments that `diff` names, as the source of the task calls them', {
    it: 'Information technology',
  })
  departmentTitles?: Names;

  @namesProperty('Uid → name of people whom `diff` names, as the source of the task calls them', { w1: 'Ada Lovelace' })
  peopleNames?: Names;

  @namesProperty('Number → name of users whom `diff` names by number, because the source does not know them', {
    26: 'Ada Lovelace',
  })
  userNames?: Names;
}
