"""The pages of exports: asking and waiting (exports), the company's look, checking a file."""
