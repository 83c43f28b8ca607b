import { ApiProperty } from '@nestjs/swagger';

export class LiveView {
  @ApiProperty({ description: 'Always `ok`: a process that cannot say so does not answer', example: 'ok' })
  status!: 'ok';
}

export class CheckView {
  @ApiProperty({ description: 'Whether it works', enum: ['up', 'down'] })
  status!: 'up' | 'down';
}

export class ReadyView extends LiveView {
  @ApiProperty({
    description: 'What was looked at',
    type: 'object',
    additionalProperties: { type: 'object', properties: { status: { type: 'string', enum: ['up', 'down'] } } },
    example: {
      postgres: { status: 'up' },
      redis: { status: 'up' },
      adapters: { status: 'up', loaded: 4, missing: 0 },
      admin: { status: 'up' },
    },
  })
  checks!: Record<string, CheckView>;
}
