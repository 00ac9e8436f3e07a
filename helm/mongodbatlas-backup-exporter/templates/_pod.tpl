{{/* What is the same for the exporter and for the test. */}}
{{- define "atlas-backup.image-and-security" -}}
image: {{ include "atlas-backup.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- with .Values.securityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "atlas-backup.files" -}}
{{- $folder := include "atlas-backup.folder" . -}}
- --config.file={{ $folder }}/config/config.yaml
{{- if include "atlas-backup.webSecret" . }}
- --web.config.file={{ $folder }}/web/web-config.yaml
{{- end }}
{{- end }}

{{- define "atlas-backup.volumeMounts" -}}
{{- $folder := include "atlas-backup.folder" . -}}
- name: config
  mountPath: {{ $folder }}/config
  readOnly: true
{{- if include "atlas-backup.credentials" . }}
- name: credentials
  mountPath: {{ $folder }}/credentials
  readOnly: true
{{- end }}
{{- if include "atlas-backup.webSecret" . }}
- name: web
  mountPath: {{ $folder }}/web
  readOnly: true
{{- end }}
{{- range .Values.files }}
- name: file-{{ .name }}
  mountPath: {{ $folder }}/files/{{ .name }}
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Never with subPath: files that are mounted so are not kept up to date. */}}
{{- define "atlas-backup.volumes" -}}
- name: config
{{- if .Values.existingConfig.secret }}
  secret:
    secretName: {{ .Values.existingConfig.secret }}
    items: [{ key: {{ .Values.existingConfig.key }}, path: config.yaml }]
{{- else if .Values.existingConfig.configMap }}
  configMap:
    name: {{ .Values.existingConfig.configMap }}
    items: [{ key: {{ .Values.existingConfig.key }}, path: config.yaml }]
{{- else }}
  configMap:
    name: {{ include "atlas-backup.fullname" . }}
{{- end }}
{{- with include "atlas-backup.credentials" . }}
- name: credentials
  secret:
    secretName: {{ . }}
    items:
      {{- range splitList " " (include "atlas-backup.credentialKeys" $) }}
      - key: {{ index $.Values.credentials.keys . }}
        path: {{ . }}
      {{- end }}
{{- end }}
{{- with include "atlas-backup.webSecret" . }}
- name: web
  projected:
    sources:
      - secret:
          name: {{ . }}
          items: [{ key: {{ $.Values.web.existingConfig.secret | empty | ternary "web-config.yaml" $.Values.web.existingConfig.key }}, path: web-config.yaml }]
      {{- with $.Values.web.tls }}
      {{- if .existingSecret }}
      - secret:
          name: {{ .existingSecret }}
          items:
            - { key: {{ .certKey }}, path: tls.crt }
            - { key: {{ .keyKey }}, path: tls.key }
      {{- end }}
      {{- if .clientCertificates.required }}
      - secret:
          name: {{ .clientCertificates.existingSecret | default .existingSecret }}
          items: [{ key: {{ .clientCertificates.caKey }}, path: client-ca.crt }]
      {{- end }}
      {{- end }}
{{- end }}
{{- range .Values.files }}
- name: file-{{ .name }}
  {{- if .secret }}
  secret:
    secretName: {{ .secret }}
  {{- else }}
  configMap:
    name: {{ .configMap }}
  {{- end }}
    {{- with .items }}
    items:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- if .optional }}
    optional: true
    {{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Where pods may run and as whom: the same for the exporter and for the test. */}}
{{- define "atlas-backup.podSettings" -}}
serviceAccountName: {{ include "atlas-backup.serviceAccountName" . }}
automountServiceAccountToken: {{ .Values.serviceAccount.automountToken }}
enableServiceLinks: false
{{- range $key := list "imagePullSecrets" "nodeSelector" "tolerations" "affinity" "hostAliases" "dnsConfig" }}
{{- with index $.Values $key }}
{{ $key }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- range $key := list "priorityClassName" "runtimeClassName" "dnsPolicy" }}
{{- with index $.Values $key }}
{{ $key }}: {{ . }}
{{- end }}
{{- end }}
{{- with .Values.podSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The pods of the Deployment or StatefulSet. */}}
{{- define "atlas-backup.pod" -}}
{{- include "atlas-backup.validate" . -}}
{{- $selector := include "atlas-backup.exporterSelector" . | fromYaml -}}
{{- $sharded := gt (int .Values.shards) 1 -}}
metadata:
  labels:
    {{- mergeOverwrite dict .Values.commonLabels .Values.podLabels $selector | toYaml | nindent 4 }}
  annotations:
    kubectl.kubernetes.io/default-container: exporter
    checksum/restart: {{ include "atlas-backup.restartChecksum" . }}
    {{- with mergeOverwrite dict .Values.commonAnnotations .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  {{- include "atlas-backup.podSettings" . | nindent 2 }}
  terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
  {{- if .Values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- toYaml .Values.topologySpreadConstraints | nindent 4 }}
  {{- else if or $sharded (gt (int .Values.replicas) 1) }}
  topologySpreadConstraints:
    - topologyKey: kubernetes.io/hostname
      maxSkew: 1
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- toYaml $selector | nindent 10 }}
  {{- end }}
  {{- with .Values.initContainers }}
  initContainers:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: exporter
      {{- include "atlas-backup.image-and-security" . | nindent 6 }}
      args:
        - serve
        {{- include "atlas-backup.files" . | nindent 8 }}
        {{- if .Values.reload.enabled }}
        - --config.auto-reload-interval={{ .Values.reload.interval }}
        {{- end }}
        {{- if $sharded }}
        - --shard=$(POD_NAME)
        - --total-shards={{ .Values.shards }}
        {{- end }}
        {{- with .Values.extraArgs }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if or $sharded .Values.extraEnv }}
      env:
        {{- if $sharded }}
        - name: POD_NAME
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        {{- end }}
        {{- with .Values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      {{- with .Values.extraEnvFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      ports:
        - name: metrics
          containerPort: {{ include "atlas-backup.port" . }}
          protocol: TCP
      {{- $paths := dict "livenessProbe" "/-/healthy" "readinessProbe" "/-/ready" "startupProbe" "/-/healthy" }}
      {{- range $probe, $path := $paths }}
      {{ $probe }}:
        {{- include "atlas-backup.probe" (dict "root" $ "path" $path) | nindent 8 }}
        {{- with omit (index $.Values $probe) "httpGet" "tcpSocket" }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      {{- with .Values.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      volumeMounts:
        {{- include "atlas-backup.volumeMounts" . | nindent 8 }}
    {{- with .Values.extraContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  volumes:
    {{- include "atlas-backup.volumes" . | nindent 4 }}
{{- end }}
