"""What abuse looks like message by message. Side A bears the attacker's address, or the one that he borrows."""

from __future__ import annotations

__all__ = ["ABUSE"]

ABUSE: dict[str, str] = {
    "ask_anywhere": """
        map:anyTimeInterrogation.begin A.scp H.hlr 0
        map:anyTimeInterrogation.end/other=V.vlr H.hlr A.scp 40-300""",
    "ask_anywhere_refused": """
        map:anyTimeInterrogation.begin A.scp H.hlr 0
        map:anyTimeInterrogation.error/error=49 H.hlr A.scp 40-300""",
    "read_subscription": """
        map:anyTimeSubscriptionInterrogation.begin A.scp H.hlr 0
        map:anyTimeSubscriptionInterrogation.end H.hlr A.scp 40-300""",
    "change_subscription": """
        map:anyTimeModification.begin/other=A.vlr A.scp H.hlr 0
        map:anyTimeModification.end H.hlr A.scp 40-300""",
    "ask_imsi": """
        map:sendIMSI.begin A.vlr H.hlr 0
        map:sendIMSI.end H.hlr A.vlr 40-300""",
    "ask_route": """
        map:sendRoutingInfo.begin A.vlr H.hlr 0
        map:sendRoutingInfo.end/other=V.vlr H.hlr A.vlr 40-300""",
    "ask_packet_route": """
        map:sendRoutingInfoForGprs.begin A.sgsn H.hlr 0
        map:sendRoutingInfoForGprs.end H.hlr A.sgsn 40-300""",
    "ask_position": """
        map:provideSubscriberLocation.begin A.gmlc V.vlr 0
        map:provideSubscriberLocation.end V.vlr A.gmlc 2000-9000""",
    "ask_position_route": """
        map:sendRoutingInfoForLCS.begin A.gmlc H.hlr 0
        map:sendRoutingInfoForLCS.end/other=V.vlr H.hlr A.gmlc 40-300""",
    "ask_identification": """
        map:sendIdentification.begin A.vlr V.vlr 0
        map:sendIdentification.end V.vlr A.vlr 40-300""",
    "trace": """
        map:activateTraceMode.begin A.hlr V.vlr 0
        map:activateTraceMode.end V.vlr A.hlr 40-300""",
    "report_modified": """
        map:noteSubscriberDataModified.begin A.hlr H.scp 0
        map:noteSubscriberDataModified.end H.scp A.hlr 40-300""",
    "ask_where": """
        map:provideSubscriberInfo.begin A.hlr V.vlr 0
        map:provideSubscriberInfo.end V.vlr A.hlr 80-900""",
    "ask_where_later": """
        map:provideSubscriberInfo.open A.hlr V.vlr 0
        map:provideSubscriberInfo.opened V.vlr A.hlr 40-200
        map:provideSubscriberInfo.push A.hlr V.vlr 40-200
        map:provideSubscriberInfo.final V.vlr A.hlr 80-900""",
    "slip_into_dialogue": """
        map:updateLocation.begin V.vlr H.hlr 0
        map:insertSubscriberData.continue/in=updateLocation/variant=camel/node=A.scp A.hlr V.vlr 20-40
        map:insertSubscriberData.ack/in=updateLocation V.vlr A.hlr 20-60
        map:updateLocation.end H.hlr V.vlr 200-500""",
    "push_profile": """
        map:insertSubscriberData.begin/variant=alone A.hlr V.vlr 0
        map:insertSubscriberData.end V.vlr A.hlr 40-400""",
    "push_camel": """
        map:insertSubscriberData.begin/variant=camel/node=A.scp A.hlr V.vlr 0
        map:insertSubscriberData.end V.vlr A.hlr 40-400""",
    "take_calls": """
        cap:initialDP.begin/other=H.line V.vlr A.scp 30000-90000
        cap:connect.end/other=A.line A.scp V.vlr 60-400""",
    "strip_services": """
        map:deleteSubscriberData.begin A.hlr V.vlr 0
        map:deleteSubscriberData.end V.vlr A.hlr 40-400""",
    "cut_off": """
        map:cancelLocation.begin A.hlr V.vlr 0
        map:cancelLocation.end V.vlr A.hlr 40-300""",
    "ask_roaming_number": """
        map:provideRoamingNumber.begin/node=V.vlr/other=A.vlr A.hlr V.vlr 0
        map:provideRoamingNumber.end V.vlr A.hlr 80-600""",
    "fake_menu": """
        map:unstructuredSS-Request.begin A.hlr V.vlr 0
        map:unstructuredSS-Request.end V.vlr A.hlr 3000-9000""",
    "move_here": """
        map:updateLocation.begin A.vlr H.hlr 0
        map:insertSubscriberData.continue/in=updateLocation H.hlr A.vlr 40-300
        map:insertSubscriberData.ack/in=updateLocation A.vlr H.hlr 40-200
        map:updateLocation.final H.hlr A.vlr 40-200
        map:cancelLocation.begin H.hlr V.vlr 100-900
        map:cancelLocation.end V.vlr H.hlr 40-300""",
    "move_packet_here": """
        map:updateGprsLocation.begin A.sgsn H.hlr 0
        map:insertSubscriberData.continue/in=updateGprsLocation H.hlr A.sgsn 40-300
        map:insertSubscriberData.ack/in=updateGprsLocation A.sgsn H.hlr 40-200
        map:updateGprsLocation.final H.hlr A.sgsn 40-200""",
    "read_text": """
        map:mt-forwardSM.begin/other=H.line H.router A.vlr 5000-60000
        map:mt-forwardSM.end A.vlr H.router 400-2000""",
    "drop_subscriber": """
        map:purgeMS.begin A.vlr H.hlr 0
        map:purgeMS.end H.hlr A.vlr 40-300""",
    "read_profile": """
        map:restoreData.begin A.vlr H.hlr 0
        map:insertSubscriberData.continue/in=restoreData H.hlr A.vlr 40-300
        map:insertSubscriberData.ack/in=restoreData A.vlr H.hlr 40-200
        map:restoreData.final H.hlr A.vlr 40-200""",
    "text_as_subscriber": """
        map:mo-forwardSM.begin/node=H.smsc A.vlr H.smsc 0
        map:mo-forwardSM.end H.smsc A.vlr 80-900""",
    "claim_present": """
        map:readyForSM.begin A.vlr H.hlr 0
        map:readyForSM.end H.hlr A.vlr 60-300""",
    "divert_calls": """
        map:registerSS.begin/other=A.line A.vlr H.hlr 0
        map:registerSS.end/other=A.line H.hlr A.vlr 60-400""",
    "dial_code_as_subscriber": """
        map:processUnstructuredSS-Request.begin A.vlr H.hlr 0
        map:processUnstructuredSS-Request.end H.hlr A.vlr 200-1500""",
    "harvest_vectors": """
        map:sendAuthenticationInfo.begin A.vlr H.hlr 0
        map:sendAuthenticationInfo.end H.hlr A.vlr 40-300""",
    "ask_text_route": """
        map:sendRoutingInfoForSM.begin/other=A.line A.smsc H.hlr 0
        map:sendRoutingInfoForSM.end/scrambled/other=H.router H.hlr A.smsc 60-400""",
    "bypass_home_routing": """
        map:sendRoutingInfoForSM.begin/e214/other=A.line A.smsc H.hlr 0
        map:sendRoutingInfoForSM.end/other=V.vlr H.hlr A.smsc 60-400
        map:mt-forwardSM.begin/other=A.line A.smsc V.vlr 400-2000
        map:mt-forwardSM.end V.vlr A.smsc 900-4000""",
    "text_without_asking": """
        map:mt-forwardSM.begin/other=A.line A.smsc V.vlr 0
        map:mt-forwardSM.end V.vlr A.smsc 900-4000""",
    "text_to_toolkit": """
        map:mt-forwardSM.begin/variant=toolkit/other=A.line A.smsc V.vlr 0
        map:mt-forwardSM.end V.vlr A.smsc 900-4000""",
    "try_number": """
        map:sendRoutingInfoForSM.begin/other=A.line/stray A.smsc H.hlr 0
        map:sendRoutingInfoForSM.error/error=1 H.hlr A.smsc 60-400""",
    "try_identity": """
        dia:authentication-information.request/stray A.mme1 H.hss1 0
        dia:authentication-information.answer/experimental=5001 H.hss1 A.mme1 30-250""",
    "try_title": """
        map:sendRoutingInfoForSM.begin/stray/titles A.smsc H.hlr 0""",
    "restart_everybody": """
        map:reset.begin A.hlr V.vlr 0""",
    "lte_harvest_vectors": """
        dia:authentication-information.request A.mme1 H.hss1 0
        dia:authentication-information.answer H.hss1 A.mme1 30-250""",
    "lte_move_here": """
        dia:update-location.request A.mme1 H.hss1 0
        dia:update-location.answer H.hss1 A.mme1 30-250
        dia:cancel-location.request H.hss1 V.mme1 100-900
        dia:cancel-location.answer V.mme1 H.hss1 30-250""",
    "lte_read_text": """
        dia:mt-forward-short-message.request/node=H.smsc/other=H.line H.smsc A.mme1 5000-60000
        dia:mt-forward-short-message.answer A.mme1 H.smsc 400-2000""",
    "lte_ask_where": """
        dia:insert-subscriber-data.location.request A.hss1 V.mme1 0
        dia:insert-subscriber-data.location.answer V.mme1 A.hss1 80-900""",
    "lte_push_profile": """
        dia:insert-subscriber-data.request A.hss1 V.mme1 0
        dia:insert-subscriber-data.answer V.mme1 A.hss1 30-250""",
    "lte_cut_off": """
        dia:cancel-location.request A.hss1 V.mme1 0
        dia:cancel-location.answer V.mme1 A.hss1 30-250""",
    "lte_strip_services": """
        dia:delete-subscriber-data.request A.hss1 V.mme1 0
        dia:delete-subscriber-data.answer V.mme1 A.hss1 30-250""",
    "lte_drop_subscriber": """
        dia:purge-ue.request A.mme1 H.hss1 0
        dia:purge-ue.answer H.hss1 A.mme1 30-250""",
    "lte_restart_everybody": """
        dia:reset.request A.hss1 V.mme1 0
        dia:reset.answer V.mme1 A.hss1 30-250""",
    "lte_claim_present": """
        dia:notify.request A.mme1 H.hss1 0
        dia:notify.answer H.hss1 A.mme1 30-250""",
    "lte_ask_position": """
        dia:provide-location.request A.gmlc V.mme1 0
        dia:provide-location.answer V.mme1 A.gmlc 900-5000""",
    "lte_ask_position_route": """
        dia:routing-info.request A.gmlc H.hss1 0
        dia:routing-info.answer H.hss1 A.gmlc 40-300""",
    "lte_ask_user_data": """
        dia:user-data.request A.scef H.hss1 0
        dia:user-data.answer H.hss1 A.scef 40-300""",
    "lte_ask_text_route": """
        dia:send-routing-info-for-sm.request A.smsc H.hss1 0
        dia:send-routing-info-for-sm.answer/other=V.vlr H.hss1 A.smsc 40-300""",
    "open_session_as_roamer": """
        gtp:create-session.request A.sgw H.pgw 0
        gtp:create-session.response H.pgw A.sgw 40-300""",
    "open_private_session": """
        gtp:create-session.request/private A.sgw H.pgw 0
        gtp:create-session.response H.pgw A.sgw 40-300""",
    "open_session_at_other_operator": """
        gtp:create-session.request/foreign_apn A.sgw H.pgw 0
        gtp:create-session.response H.pgw A.sgw 40-300""",
    "open_session_from_nowhere": """
        gtp:create-session.request/unknown_source A.sgw H.pgw 0""",
    "open_context_as_roamer": """
        gtp:create-pdp-context.request A.sgsn H.ggsn 0
        gtp:create-pdp-context.response H.ggsn A.sgsn 40-300""",
    "guess_tunnel": """
        gtp:delete-session.request/stray A.sgw H.pgw 0
        gtp:delete-session.response/cause=64 H.pgw A.sgw 20-90""",
    "close_foreign_session": """
        gtp:delete-session.request A.sgw H.pgw 0
        gtp:delete-session.response H.pgw A.sgw 20-90""",
    "ask_context": """
        gtp:context.request A.sgsn V.sgsn 0""",
    "hide_in_echo": """
        gtp:echo.request/payload=ff00100001001100220033004400550066007700 A.sgw H.pgw 0
        gtp:echo.response H.pgw A.sgw 10-90""",
    "tunnel_in_tunnel": """
        gtp:user-packet/nested A.sgw H.pgw 0""",
    "redirect_tunnel": """
        gtp:modify-bearer.request/other_endpoint A.sgw H.pgw 0
        gtp:modify-bearer.response H.pgw A.sgw 30-200""",
}
"""Procedures by name."""
