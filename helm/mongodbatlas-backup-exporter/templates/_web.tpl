{{/* web-config.yaml as far as the chart writes it; an empty object when there is nothing to say. */}}
{{- define "atlas-backup.webConfig" -}}
{{- $web := dict -}}
{{- with .Values.web.tls -}}
{{- if .existingSecret -}}
{{- $tls := dict "cert_file" "tls.crt" "key_file" "tls.key" -}}
{{- if .clientCertificates.required -}}
{{- $_ := set $tls "client_auth_type" "RequireAndVerifyClientCert" -}}
{{- $_ := set $tls "client_ca_file" "client-ca.crt" -}}
{{- with .clientCertificates.allowedSans -}}
{{- $_ := set $tls "client_allowed_sans" . -}}
{{- end -}}
{{- end -}}
{{- $_ := set $web "tls_server_config" $tls -}}
{{- end -}}
{{- end -}}
{{- with .Values.web.users -}}
{{- $_ := set $web "basic_auth_users" (deepCopy .) -}}
{{- end -}}
{{- mergeOverwrite dict $web .Values.web.config | toYaml -}}
{{- end }}

{{/* The Secret with web-config.yaml; empty when plain HTTP is served to everybody. */}}
{{- define "atlas-backup.webSecret" -}}
{{- if .Values.web.existingConfig.secret -}}
{{- .Values.web.existingConfig.secret -}}
{{- else if ne (include "atlas-backup.webConfig" .) "{}" -}}
{{- printf "%s-web" (include "atlas-backup.fullname" .) -}}
{{- end -}}
{{- end }}

{{- define "atlas-backup.scheme" -}}
{{- $web := include "atlas-backup.webConfig" . | fromYaml -}}
{{- $own := .Values.web.existingConfig -}}
{{- if ternary $own.tls (hasKey $web "tls_server_config") (not (empty $own.secret)) -}}https{{- else -}}http{{- end -}}
{{- end }}

{{/* Not empty when a client without a certificate gets no connection. */}}
{{- define "atlas-backup.wantsCertificate" -}}
{{- $web := include "atlas-backup.webConfig" . | fromYaml -}}
{{- $own := .Values.web.existingConfig -}}
{{- $type := dig "tls_server_config" "client_auth_type" "" $web -}}
{{- if ternary $own.clientCertificates (hasPrefix "Require" $type) (not (empty $own.secret)) -}}true{{- end -}}
{{- end }}

{{/* Not empty when the pages want a password. */}}
{{- define "atlas-backup.wantsPassword" -}}
{{- $web := include "atlas-backup.webConfig" . | fromYaml -}}
{{- $own := .Values.web.existingConfig -}}
{{- if ternary $own.users (not (empty $web.basic_auth_users)) (not (empty $own.secret)) -}}true{{- end -}}
{{- end }}

{{/* What a probe asks. The kubelet has no certificate to show: then it can only connect. */}}
{{- define "atlas-backup.probe" -}}
{{- if include "atlas-backup.wantsCertificate" .root -}}
tcpSocket:
  port: metrics
{{- else -}}
httpGet:
  path: {{ .path }}
  port: metrics
  scheme: {{ include "atlas-backup.scheme" .root | upper }}
{{- end }}
{{- end }}
