/** Python programs of the end-to-end run and of the judges. */
import { join } from 'node:path';
import { installPython, isInstalled, programIn } from '../../emulator/python-environment.ts';

const JUDGES = {
  folder: join(import.meta.dirname, '..', '..', 'dist', 'e2e-python'),
  requirements: join(import.meta.dirname, 'requirements.txt'),
};

/** @throws InstallationError */
export async function installPythonPrograms(): Promise<void> {
  if (!isInstalled(JUDGES)) console.log('Installing moto, cfn-lint and the AWS CLI into dist/e2e-python …');
  await installPython(JUDGES);
}

/** Path of a program that requirements.txt names, once it is installed. */
export function pythonProgram(name: string): string {
  return programIn(JUDGES, name);
}
