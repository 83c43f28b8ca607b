import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from './password';
import { ROLES, type AdminRole, SCOPES, type Scope } from './caller';

export class SignInBody {
  @ApiProperty({ description: 'Username, in any case', example: 'admin' })
  @IsString()
  @MaxLength(256)
  username!: string;

  @ApiProperty({ description: 'Password', format: 'password' })
  @IsString()
  @MaxLength(1024)
  password!: string;
}

export class PasswordBody {
  @ApiProperty({ description: 'The password until now', format: 'password' })
  @IsString()
  @MaxLength(1024)
  currentPassword!: string;

  @ApiProperty({ description: 'The password from now on', format: 'password', minLength: PASSWORD_MIN_LENGTH })
  @IsString()
  @MinLength(PASSWORD_MIN_LENGTH)
  @MaxLength(PASSWORD_MAX_LENGTH)
  newPassword!: string;
}

export class InvitationBody {
  @ApiProperty({ description: 'What stands behind the # of the invitation link' })
  @IsString()
  @MaxLength(256)
  token!: string;
}

/** Whom an invitation is for. */
export class InvitedView {
  @ApiProperty({ description: 'What to sign in with once a password is chosen' })
  username!: string;
}

export class AcceptInvitationBody extends InvitationBody {
  @ApiProperty({ description: 'The password to sign in with', format: 'password', minLength: PASSWORD_MIN_LENGTH })
  @IsString()
  @MinLength(PASSWORD_MIN_LENGTH)
  @MaxLength(PASSWORD_MAX_LENGTH)
  password!: string;
}

/** Who is signed in, or whose key it is. */
export class MeView {
  @ApiProperty({ description: 'How the caller proved who it is', enum: ['admin', 'key'] })
  kind!: 'admin' | 'key';

  @ApiProperty({ description: 'Id of the admin or of the key' })
  id!: number;

  @ApiProperty({ description: 'Username of the admin, name of the key' })
  name!: string;

  @ApiProperty({ description: 'Role of the admin', enum: ROLES, required: false })
  role?: AdminRole;

  @ApiProperty({ description: 'Scopes of the key', enum: SCOPES, isArray: true, required: false })
  scopes?: Scope[];

  @ApiProperty({ description: 'The only source that the key may name', type: Number, nullable: true, required: false })
  sourceId?: number | null;

  @ApiProperty({
    description: 'What the caller may do',
    enum: ['read', 'operate', 'approve', 'push', 'admin', 'accounts'],
    isArray: true,
  })
  may!: string[];
}
