import { ApiProperty } from '@nestjs/swagger';

export class TargetView {
  @ApiProperty()
  id!: number;

  @ApiProperty({ example: 'users' })
  name!: string;

  @ApiProperty({ description: 'Id of the target adapter', example: 'users' })
  type!: string;

  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({ type: Object })
  options!: Record<string, unknown>;

  @ApiProperty({ type: [String], description: 'Names of the secrets that are stored' })
  secretsSet!: string[];

  @ApiProperty({ description: 'It came with Rollcall and cannot be deleted' })
  builtIn!: boolean;
}
