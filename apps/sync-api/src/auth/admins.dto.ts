import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { ROLES, type AdminRole } from './caller';

const ROLE = {
  description:
    '`viewer` reads, `operator` also starts and repeats, `approver` also approves and undoes, `admin` does everything',
  enum: ROLES,
};

export class AdminBody {
  @ApiProperty({ description: 'Unique without regard to case', example: 'wang.fang', maxLength: 64 })
  @IsString()
  @MaxLength(256)
  username!: string;

  @ApiProperty(ROLE)
  @IsIn(ROLES)
  role!: AdminRole;
}

export class AdminPatch {
  @ApiPropertyOptional({ description: 'A new username', maxLength: 64 })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  username?: string;

  @ApiPropertyOptional(ROLE)
  @IsOptional()
  @IsIn(ROLES)
  role?: AdminRole;
}

export class AdminView {
  @ApiProperty({ description: 'Id of the account' })
  id!: number;

  @ApiProperty({ description: 'Username' })
  username!: string;

  @ApiProperty(ROLE)
  role!: AdminRole;

  @ApiProperty({ description: '`invited` until the invitation is accepted', enum: ['active', 'invited'] })
  status!: 'active' | 'invited';

  @ApiProperty({ description: 'Until when an open invitation link works', type: Date, nullable: true })
  invitationExpiresAt!: Date | null;

  @ApiProperty({ description: 'When the account was made' })
  createdAt!: Date;

  @ApiProperty({ description: 'Last sign-in', type: Date, nullable: true })
  lastSignInAt!: Date | null;
}

/** A one-time link to copy and hand over. */
export class InvitationView {
  @ApiProperty({
    description: 'Opens the page that asks for a password. Shown once',
    example: 'https://…/accept-invitation#…',
  })
  link!: string;

  @ApiProperty({ description: 'Until when it works' })
  expiresAt!: Date;
}

export class NewAdminView extends AdminView {
  @ApiProperty({ description: 'The link to hand over', type: InvitationView })
  invitation!: InvitationView;
}
