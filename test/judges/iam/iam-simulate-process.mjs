// Asks @cloud-copilot/iam-simulate. It is AGPL, so it runs in this process of its own, from a folder outside the project's
// packages. Input and output are JSON: simulations, and for each the result or the error.
import { pathToFileURL } from 'node:url';

const { runSimulation } = await import(pathToFileURL(process.argv[2]).href);
let text = '';
for await (const chunk of process.stdin) text += chunk;
const answers = [];
for (const simulation of JSON.parse(text)) {
  const { resultType, errors, overallResult } = await runSimulation(simulation, {});
  answers.push(resultType === 'error' ? { error: JSON.stringify(errors) } : { result: overallResult });
}
console.log(JSON.stringify(answers));
