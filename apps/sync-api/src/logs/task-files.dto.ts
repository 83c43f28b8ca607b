import { ApiProperty } from '@nestjs/swagger';

/** One line of the system log that a task wrote. */
export class LogLineView {
  @ApiProperty({ description: 'When it was written', format: 'date-time' })
  time!: string;

  @ApiProperty({ description: 'How much it matters', enum: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] })
  level!: string;

  @ApiProperty({ description: 'What happened' })
  message!: string;

  @ApiProperty({ description: 'The part of Rollcall that wrote it', type: String, nullable: true })
  context!: string | null;

  @ApiProperty({ description: 'The request that started the task', type: String, nullable: true })
  requestId!: string | null;

  @ApiProperty({ description: 'Everything else that the line carries', type: 'object', additionalProperties: true })
  details!: Record<string, unknown>;
}
