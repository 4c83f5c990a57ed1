/** What is refused about interviews from the field. */
export const submissionErrors = {
  'submissions-none': {
    what: 'There is no interview in what was chosen.',
    todo: 'In Kobo, check that the export holds submissions, then choose the new file. Nothing was changed.',
  },
  'submissions-other-form': {
    what: 'This file does not come from the profile form: the question on consent is not in it.',
    todo: 'In Kobo, export the submissions of the profile form with “XML values and headers”, then try again. Nothing was changed.',
  },
  'submissions-too-many': {
    what: 'There are too many interviews at once: at most {count}.',
    todo: 'Export a shorter period, then try again. Nothing was changed.',
  },
  'submissions-broken': {
    what: 'The file {file} is no interview of ODK or Kobo that can be read to its end.',
    todo: 'Copy it from the phone again, or choose the others without it. Nothing was changed.',
  },
} as const
