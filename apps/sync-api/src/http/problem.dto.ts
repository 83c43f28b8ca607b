import { ApiProperty } from '@nestjs/swagger';
import { ERROR_POLICY } from '@rollcall/core';

export class ProblemErrorView {
  @ApiProperty({ description: 'JSON pointer into the body or the query', example: '/records/3/uid' })
  pointer!: string;

  @ApiProperty({ description: 'What rule was broken', example: 'uid_missing' })
  code!: string;

  @ApiProperty({ description: 'What is wrong with it' })
  message!: string;
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

  @ApiProperty({ description: 'The places in the input that are wrong', type: [ProblemErrorView], required: false })
  errors?: ProblemErrorView[];

  @ApiProperty({ description: 'Finds the lines about this request in the log' })
  requestId!: string;
}
