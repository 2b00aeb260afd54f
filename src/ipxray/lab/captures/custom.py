"""What networks do with each other every day, and what goes wrong in it."""

from __future__ import annotations

__all__ = ["CUSTOM"]

CUSTOM: dict[str, str] = {
    "authenticate": """
        map:sendAuthenticationInfo.begin/e214 V.vlr H.hlr 0
        map:sendAuthenticationInfo.end H.hlr V.vlr 40-300""",
    "authenticate_v2": """
        map:sendAuthenticationInfo.begin/e214/v2/variant=v2 V.vlr H.hlr 0
        map:sendAuthenticationInfo.end/v2/variant=v2 H.hlr V.vlr 40-300""",
    "authenticate_unanswered": """
        map:sendAuthenticationInfo.begin/e214 V.vlr H.hlr 0
        map:sendAuthenticationInfo.begin/e214 V.vlr H.hlr 8000-15000
        map:sendAuthenticationInfo.end H.hlr V.vlr 40-300""",
    "authenticate_refused": """
        map:sendAuthenticationInfo.begin/e214 V.vlr H.hlr 0
        map:sendAuthenticationInfo.error/error=1 H.hlr V.vlr 40-300""",
    "authenticate_failed": """
        map:sendAuthenticationInfo.begin/e214 V.vlr H.hlr 0
        map:sendAuthenticationInfo.error/error=34 H.hlr V.vlr 40-300""",
    "authentication_failure": """
        map:authenticationFailureReport.begin V.vlr H.hlr 200-900
        map:authenticationFailureReport.end H.hlr V.vlr 40-300""",
    "register": """
        map:updateLocation.begin/e214 V.vlr H.hlr 900-2500
        map:insertSubscriberData.continue/in=updateLocation H.hlr V.vlr 40-300
        map:insertSubscriberData.ack/in=updateLocation V.vlr H.hlr 40-200
        map:updateLocation.final H.hlr V.vlr 40-200""",
    "register_with_much_data": """
        map:updateLocation.begin/e214 V.vlr H.hlr 900-2500
        map:insertSubscriberData.continue/in=updateLocation/variant=large/segments=2 H.hlr V.vlr 40-300
        map:insertSubscriberData.ack/in=updateLocation V.vlr H.hlr 40-200
        map:updateLocation.final H.hlr V.vlr 40-200""",
    "register_v1": """
        map:updateLocation.begin/v1/variant=v1 V.vlr H.hlr 900-2500
        map:updateLocation.final/v1/variant=v1 H.hlr V.vlr 40-300""",
    "register_refused": """
        map:updateLocation.begin/e214 V.vlr H.hlr 900-2500
        map:updateLocation.error/error=8 H.hlr V.vlr 40-300""",
    "register_packet": """
        map:sendAuthenticationInfo.begin/e214/sgsn V.sgsn H.hlr 500-4000
        map:sendAuthenticationInfo.end/sgsn H.hlr V.sgsn 40-300
        map:updateGprsLocation.begin/e214 V.sgsn H.hlr 900-2500
        map:insertSubscriberData.continue/in=updateGprsLocation H.hlr V.sgsn 40-300
        map:insertSubscriberData.ack/in=updateGprsLocation V.sgsn H.hlr 40-200
        map:updateGprsLocation.final H.hlr V.sgsn 40-200""",
    "cancel_previous": """
        map:cancelLocation.begin H.hlr P.vlr 1200-4000
        map:cancelLocation.end P.vlr H.hlr 40-300""",
    "purge": """
        map:purgeMS.begin V.vlr H.hlr 0
        map:purgeMS.end H.hlr V.vlr 40-300""",
    "restore": """
        map:restoreData.begin V.vlr H.hlr 0
        map:insertSubscriberData.continue/in=restoreData H.hlr V.vlr 40-300
        map:insertSubscriberData.ack/in=restoreData V.vlr H.hlr 40-200
        map:restoreData.final H.hlr V.vlr 40-200""",
    "change_profile": """
        map:insertSubscriberData.begin/variant=alone H.hlr V.vlr 0
        map:insertSubscriberData.end V.vlr H.hlr 40-400""",
    "withdraw_service": """
        map:deleteSubscriberData.begin H.hlr V.vlr 0
        map:deleteSubscriberData.end V.vlr H.hlr 40-400""",
    "locate": """
        map:provideSubscriberInfo.begin H.hlr V.vlr 0
        map:provideSubscriberInfo.end V.vlr H.hlr 80-900""",
    "call_to_roamer": """
        map:provideSubscriberInfo.begin H.hlr V.vlr 0
        map:provideSubscriberInfo.end V.vlr H.hlr 80-900
        map:provideRoamingNumber.begin/node=V.vlr/other=H.vlr H.hlr V.vlr 60-400
        map:provideRoamingNumber.end V.vlr H.hlr 80-600""",
    "call_to_absent": """
        map:provideRoamingNumber.begin/node=V.vlr/other=H.vlr H.hlr V.vlr 0
        map:provideRoamingNumber.error/error=27 V.vlr H.hlr 80-600""",
    "call_from_roamer": """
        cap:initialDP.begin/other=H.line V.vlr H.scp 0
        cap:instructions.continue H.scp V.vlr 60-400
        cap:eventReportBCSM.push V.vlr H.scp 4000-15000
        cap:disconnected.push V.vlr H.scp 10000-240000
        cap:releaseCall.end H.scp V.vlr 60-300""",
    "text_from_roamer": """
        map:mo-forwardSM.begin/node=H.smsc V.vlr H.smsc 0
        map:mo-forwardSM.end H.smsc V.vlr 80-900""",
    "text_to_roamer": """
        map:sendRoutingInfoForSM.begin/other=X.line X.smsc H.hlr 0
        map:sendRoutingInfoForSM.end/scrambled/other=H.router H.hlr X.smsc 60-400
        map:mt-forwardSM.begin/scrambled/other=X.line X.smsc H.router 100-900
        map:mt-forwardSM.end H.router X.smsc 60-400
        map:mt-forwardSM.begin/other=X.line H.router V.vlr 60-300
        map:mt-forwardSM.end V.vlr H.router 900-4000""",
    "password_to_roamer": """
        map:sendRoutingInfoForSM.begin X.smsc H.hlr 0
        map:sendRoutingInfoForSM.end/scrambled/other=H.router H.hlr X.smsc 60-400
        map:mt-forwardSM.begin/scrambled/variant=named X.smsc H.router 100-900
        map:mt-forwardSM.end H.router X.smsc 60-400
        map:mt-forwardSM.begin/variant=named H.router V.vlr 60-300
        map:mt-forwardSM.end V.vlr H.router 900-4000""",
    "text_from_home": """
        map:mt-forwardSM.begin/other=H.line H.router V.vlr 0
        map:mt-forwardSM.end V.vlr H.router 900-4000""",
    "text_to_absent": """
        map:mt-forwardSM.begin/other=H.line H.router V.vlr 0
        map:mt-forwardSM.error/error=27 V.vlr H.router 4000-9000
        map:readyForSM.begin V.vlr H.hlr 60000-400000
        map:readyForSM.end H.hlr V.vlr 60-300
        map:mt-forwardSM.begin/other=H.line H.router V.vlr 800-3000
        map:mt-forwardSM.end V.vlr H.router 900-4000""",
    "text_undeliverable": """
        map:sendRoutingInfoForSM.begin/other=X.line X.smsc H.hlr 0
        map:sendRoutingInfoForSM.error/error=27 H.hlr X.smsc 60-400
        map:reportSM-DeliveryStatus.begin X.smsc H.hlr 200-900
        map:reportSM-DeliveryStatus.end H.hlr X.smsc 60-400
        map:alertServiceCentre.begin/node=X.smsc H.hlr X.smsc 60000-900000
        map:alertServiceCentre.end X.smsc H.hlr 60-400""",
    "text_to_nobody": """
        map:sendRoutingInfoForSM.begin/other=X.line/stray X.smsc H.hlr 0
        map:sendRoutingInfoForSM.error/error=1 H.hlr X.smsc 60-400""",
    "dial_code": """
        map:processUnstructuredSS-Request.begin V.vlr H.hlr 0
        map:processUnstructuredSS-Request.end H.hlr V.vlr 200-1500""",
    "forward_calls": """
        map:registerSS.begin/other=H.line V.vlr H.hlr 0
        map:registerSS.end/other=H.line H.hlr V.vlr 60-400""",
    "ask_forwarding": """
        map:interrogateSS.begin V.vlr H.hlr 0
        map:interrogateSS.end H.hlr V.vlr 60-400""",
    "notify_user": """
        map:unstructuredSS-Request.begin H.hlr V.vlr 0
        map:unstructuredSS-Request.end V.vlr H.hlr 2000-9000""",
    "restart": """
        map:reset.begin H.hlr V.vlr 0-500""",
    "lte_authenticate": """
        dia:authentication-information.request V.mme1 H.hss1 0
        dia:authentication-information.answer H.hss1 V.mme1 30-250""",
    "lte_authenticate_over_tcp": """
        dia:authentication-information.request/tcp V.mme1 H.hss1 0
        dia:authentication-information.answer/tcp H.hss1 V.mme1 30-250""",
    "lte_register": """
        dia:update-location.request V.mme1 H.hss1 600-1500
        dia:update-location.answer H.hss1 V.mme1 30-250""",
    "lte_register_refused": """
        dia:update-location.request V.mme1 H.hss1 600-1500
        dia:update-location.answer/experimental=5004 H.hss1 V.mme1 30-250""",
    "lte_authenticate_refused": """
        dia:authentication-information.request V.mme1 H.hss1 0
        dia:authentication-information.answer/experimental=5001 H.hss1 V.mme1 30-250""",
    "lte_authenticate_undelivered": """
        dia:authentication-information.request V.mme1 H.hss1 0
        dia:authentication-information.answer/result=3002 H.hss1 V.mme1 2000-6000
        dia:authentication-information.request V.mme1 H.hss1 1000-3000
        dia:authentication-information.answer H.hss1 V.mme1 30-250""",
    "lte_cancel_previous": """
        dia:cancel-location.request H.hss1 P.mme1 100-900
        dia:cancel-location.answer P.mme1 H.hss1 30-250""",
    "lte_change_profile": """
        dia:insert-subscriber-data.request H.hss1 V.mme1 0
        dia:insert-subscriber-data.answer V.mme1 H.hss1 30-250""",
    "lte_locate": """
        dia:insert-subscriber-data.location.request H.hss1 V.mme1 0
        dia:insert-subscriber-data.location.answer V.mme1 H.hss1 80-900""",
    "lte_notify": """
        dia:notify.request V.mme1 H.hss1 0
        dia:notify.answer H.hss1 V.mme1 30-250""",
    "lte_purge": """
        dia:purge-ue.request V.mme1 H.hss1 0
        dia:purge-ue.answer H.hss1 V.mme1 30-250""",
    "lte_text_from_roamer": """
        dia:mo-forward-short-message.request/node=H.smsc V.mme1 H.smsc 0
        dia:mo-forward-short-message.answer H.smsc V.mme1 80-500""",
    "lte_text_to_roamer": """
        dia:mt-forward-short-message.request/node=H.smsc/other=H.line H.smsc V.mme1 0
        dia:mt-forward-short-message.answer V.mme1 H.smsc 900-4000""",
    "open_session": """
        gtp:create-session.request V.sgw H.pgw 300-1500
        gtp:create-session.response H.pgw V.sgw 40-300""",
    "move_session": """
        gtp:modify-bearer.request V.sgw H.pgw 0
        gtp:modify-bearer.response H.pgw V.sgw 30-200""",
    "use_session": """
        gtp:user-packet V.sgw H.pgw 0
        gtp:user-packet H.pgw V.sgw 20-200
        gtp:user-packet V.sgw H.pgw 20-900""",
    "close_session": """
        gtp:delete-session.request V.sgw H.pgw 0
        gtp:delete-session.response H.pgw V.sgw 30-200""",
    "refuse_session": """
        gtp:create-session.request V.sgw H.pgw 300-1500
        gtp:create-session.response/cause=93 H.pgw V.sgw 40-300""",
    "open_context": """
        gtp:create-pdp-context.request V.sgsn H.ggsn 300-1500
        gtp:create-pdp-context.response H.ggsn V.sgsn 40-300""",
    "move_context": """
        gtp:update-pdp-context.request V.sgsn H.ggsn 0
        gtp:update-pdp-context.response H.ggsn V.sgsn 30-200""",
    "close_context": """
        gtp:delete-pdp-context.request V.sgsn H.ggsn 0
        gtp:delete-pdp-context.response H.ggsn V.sgsn 30-200""",
    "check_path": """
        gtp:echo.request V.sgw H.pgw 0
        gtp:echo.response H.pgw V.sgw 10-90""",
}
"""Procedures by name."""
