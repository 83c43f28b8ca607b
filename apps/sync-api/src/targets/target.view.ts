import { ApiProperty } from '@nestjs/swagger';

export class TargetView {
  @ApiProperty({ description: 'Id of the target' })
  id!: number;

  @ApiProperty({ description: 'Unique name of the target', example: 'users' })
  name!: string;

  @ApiProperty({ description: 'Id of the target adapter', example: 'users' })
  type!: string;

  @ApiProperty({ description: 'Whether records are applied here' })
  enabled!: boolean;

  @ApiProperty({ description: 'Without secrets', type: Object })
  options!: Record<string, unknown>;

  @ApiProperty({ type: [String], description: 'Names of the secrets that are stored' })
  secretsSet!: string[];

  @ApiProperty({ description: 'It came with Rollcall and cannot be deleted' })
  builtIn!: boolean;
}
