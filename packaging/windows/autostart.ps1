<#
.SYNOPSIS
    Start sitbreak when you log in, or stop doing so.
.DESCRIPTION
    Writes one value under the Run key of the current user; no administrator is needed.
    pythonw starts it without a console window.
.EXAMPLE
    powershell -ExecutionPolicy Bypass -File autostart.ps1
.EXAMPLE
    powershell -ExecutionPolicy Bypass -File autostart.ps1 -Remove
#>
param(
    [string]$Python = (Join-Path $PSScriptRoot '..\..\.venv\Scripts\pythonw.exe'),
    [switch]$Remove
)
$ErrorActionPreference = 'Stop'
$key = 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Run'

if ($Remove) {
    Remove-ItemProperty -Path $key -Name 'sitbreak' -ErrorAction SilentlyContinue
    Write-Output 'sitbreak no longer starts when you log in.'
    exit 0
}
if (-not (Test-Path $Python)) {
    Write-Error "There is no $Python; nothing was changed. Name your pythonw.exe with -Python."
}
$command = '"{0}" -m sitbreak run' -f (Resolve-Path $Python).Path
Set-ItemProperty -Path $key -Name 'sitbreak' -Value $command
Write-Output "sitbreak starts at your next login: $command"
