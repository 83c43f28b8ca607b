import { ApiProperty } from '@nestjs/swagger';
import { UID_MAX_LENGTH } from '@rollcall/core';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { IsId } from './query-id';

export class NewLinkBody {
  @ApiProperty({ description: 'Id of the source' })
  @IsId()
  sourceId!: number;

  @ApiProperty({ description: "The source's own id of the user; it need not have been stated yet" })
  @IsString()
  @MinLength(1)
  @MaxLength(UID_MAX_LENGTH)
  uid!: string;

  @ApiProperty({ description: 'Id of the user, who may be protected' })
  @IsId()
  userId!: number;
}

export class ReleaseBody {
  @ApiProperty({
    description: 'Field by the name that it has in records; `status` is whether the user is disabled',
    example: 'username',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  field!: string;
}
