import { ApiPropertyOptional } from '@nestjs/swagger';

/** Why a record failed; nothing of it where it did not. */
export class FailureView {
  @ApiPropertyOptional({ description: 'Error code of a failure, or of why its target wants the change again later' })
  code?: string;

  @ApiPropertyOptional({ description: 'The field that this is about' })
  field?: string;

  @ApiPropertyOptional({ description: 'What is wrong and what to do' })
  message?: string;

  @ApiPropertyOptional({
    description: 'Language tag → `message` in that language, as far as it is known',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { fr: 'La valeur de email est déjà utilisée par l’utilisateur 7.' },
  })
  texts?: Record<string, string>;
}
