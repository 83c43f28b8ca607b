import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ERROR_POLICY, type ErrorDetail, type RuleParams } from '@rollcall/core';
import { REASON_CODES, type Reason, type ReasonCode } from './refusals';

/** What a rule of a JSON Schema asks for. */
class RuleParamsView implements RuleParams {
  @ApiPropertyOptional({ description: '`minimum`, `maxLength`, `minItems` and the like: the number' })
  limit?: number;

  @ApiPropertyOptional({ description: '`multipleOf`: the number' })
  multipleOf?: number;

  @ApiPropertyOptional({
    description: '`type`: the type, or those that are possible',
    oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
  })
  type?: string | string[];

  @ApiPropertyOptional({ description: '`enum`: the values', type: 'array', items: {} })
  allowedValues?: unknown[];
}

export class ProblemErrorView implements ErrorDetail {
  @ApiProperty({ description: 'JSON pointer into the body or the query', example: '/records/3/uid' })
  pointer!: string;

  @ApiProperty({ description: 'What rule was broken', example: 'uid_missing' })
  code!: string;

  @ApiProperty({ description: 'What is wrong with it' })
  message!: string;

  @ApiPropertyOptional({
    description: 'Of an option that breaks a rule of its adapter’s schema: what the rule asks for, for other languages',
    type: RuleParamsView,
  })
  params?: RuleParamsView;

  @ApiPropertyOptional({ description: 'Of a value that somebody else has: the id of that user' })
  holder?: number;
}

/** Why a request is refused, for programs; which values are there follows from `code`. */
class ReasonView implements Reason {
  @ApiProperty({ description: 'The reason', enum: REASON_CODES, enumName: 'ReasonCode' })
  code!: ReasonCode;

  @ApiProperty({ description: 'Numbers and names in it', type: 'object', additionalProperties: true })
  values!: Record<string, unknown>;
}

/** How every error is answered (RFC 9457). */
export class ProblemView {
  @ApiProperty({ description: 'Names the kind of problem', example: 'urn:rollcall:problem:task_not_held' })
  type!: string;

  @ApiProperty({ description: 'The kind of problem in words', example: 'Task not held' })
  title!: string;

  @ApiProperty({ description: 'HTTP status', example: 409 })
  status!: number;

  @ApiProperty({
    description: 'The kind of problem, for programs',
    enum: Object.keys(ERROR_POLICY),
    enumName: 'ErrorCode',
  })
  code!: string;

  @ApiProperty({ description: 'What is wrong here, and what to do about it' })
  detail!: string;

  @ApiPropertyOptional({
    description:
      'Where an admin is refused and `code` alone does not say why: the reason, to be said in other languages',
    type: ReasonView,
  })
  reason?: ReasonView;

  @ApiProperty({ description: 'The places in the input that are wrong', type: [ProblemErrorView], required: false })
  errors?: ProblemErrorView[];

  @ApiProperty({ description: 'Finds the lines about this request in the log' })
  requestId!: string;
}
