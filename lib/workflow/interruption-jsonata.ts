/** What the reporter says of an execution that ended without its event. */
import { CAMPAIGN_DETAIL_TYPES, DETAIL_TYPES } from '../../contract/event/event-names.ts';
import { endJsonata } from './ending/record-final-event.ts';
import { campaignIdJsonata } from './jsonata/campaign-id-jsonata.ts';
import { jsonata } from './jsonata/jsonata.ts';
import { requestIdJsonata } from './jsonata/request-id-jsonata.ts';

/**
 * The input is `detail` of the status change (AWS docs, EventBridge schemas of Step Functions): `input` is the execution's
 * own as JSON text, and not there where it is too long for an event.
 */
export function describeInterruption(campaignStateMachineArn: string, retentionDays: number): string {
  return jsonata(`(
  $ended := $states.input;
  $input := $type($ended.input) = 'string' ? $parse($ended.input);
  $isCampaign := $ended.stateMachineArn = '${campaignStateMachineArn}';
  $detailType := $isCampaign ? '${CAMPAIGN_DETAIL_TYPES.failed}' : '${DETAIL_TYPES.failed}';
  $error := {
    'code': 'TRACKING_INTERRUPTED',
    'message': 'The execution ended ' & $ended.status & ' without a final event. ' & ($isCampaign
      ? 'Its notifications are tracked all the same, and their summaries are in the table.'
      : 'Its delivery logs so far are in the table.') };
  $detail := $isCampaign
    ? {
      'metadata': { 'id': $ended.executionArn, 'version': '1' },
      'data': { 'campaignId': ${campaignIdJsonata('$input', '$ended.name')}, 'error': $error } }
    : {
      'metadata': { 'id': $ended.executionArn, 'version': '1', 'campaignId': ${campaignIdJsonata('$input')} },
      'data': { 'requestId': ${requestIdJsonata('$input', '$ended.name')}, 'error': $error } };
  ${endJsonata('$detail', '$detailType', '$toMillis($states.context.State.EnteredTime)', retentionDays)}
)`);
}
