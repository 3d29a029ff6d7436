/* Names of operations, so that a fault can be aimed at one ("stall 4000 at GetObject") and a ledger line can say which
 * it hit. */
#include "capture/simcam/ptp.h"

static const struct {
  guint16 code;
  const char *name;
} names[] = {
    {SIM_OP_GET_DEVICE_INFO, "GetDeviceInfo"},
    {SIM_OP_OPEN_SESSION, "OpenSession"},
    {SIM_OP_CLOSE_SESSION, "CloseSession"},
    {SIM_OP_GET_STORAGE_IDS, "GetStorageIDs"},
    {SIM_OP_GET_STORAGE_INFO, "GetStorageInfo"},
    {SIM_OP_GET_NUM_OBJECTS, "GetNumObjects"},
    {SIM_OP_GET_OBJECT_HANDLES, "GetObjectHandles"},
    {SIM_OP_GET_OBJECT_INFO, "GetObjectInfo"},
    {SIM_OP_GET_OBJECT, "GetObject"},
    {SIM_OP_GET_THUMB, "GetThumb"},
    {SIM_OP_DELETE_OBJECT, "DeleteObject"},
    {SIM_OP_INITIATE_CAPTURE, "InitiateCapture"},
    {SIM_OP_GET_PROP_DESC, "GetDevicePropDesc"},
    {SIM_OP_GET_PROP_VALUE, "GetDevicePropValue"},
    {SIM_OP_SET_PROP_VALUE, "SetDevicePropValue"},
    {SIM_OP_GET_PARTIAL_OBJECT, "GetPartialObject"},
    {SIM_OP_NIKON_CAPTURE_SDRAM, "InitiateCaptureRecInSdram"},
    {SIM_OP_NIKON_AF_DRIVE, "AfDrive"},
    {SIM_OP_NIKON_CHANGE_CAMERA_MODE, "ChangeCameraMode"},
    {SIM_OP_NIKON_DELETE_SDRAM, "DeleteImageInSdram"},
    {SIM_OP_NIKON_GET_EVENT, "GetEvent"},
    {SIM_OP_NIKON_DEVICE_READY, "DeviceReady"},
    {SIM_OP_NIKON_GET_VENDOR_PROPS, "GetVendorPropCodes"},
    {SIM_OP_NIKON_START_LIVE, "StartLiveView"},
    {SIM_OP_NIKON_END_LIVE, "EndLiveView"},
    {SIM_OP_NIKON_GET_LIVE, "GetLiveViewImg"},
    {SIM_OP_NIKON_CAPTURE_MEDIA, "InitiateCaptureRecInMedia"},
    {SIM_OP_EOS_GET_STORAGE_IDS, "EosGetStorageIDs"},
    {SIM_OP_EOS_GET_STORAGE_INFO, "EosGetStorageInfo"},
    {SIM_OP_EOS_GET_DEVICE_INFO_EX, "GetDeviceInfoEx"},
    {SIM_OP_EOS_GET_OBJECT_INFO_EX, "GetObjectInfoEx"},
    {SIM_OP_EOS_SET_PROP, "SetDevicePropValueEx"},
    {SIM_OP_EOS_SET_REMOTE_MODE, "SetRemoteMode"},
    {SIM_OP_EOS_SET_EVENT_MODE, "SetEventMode"},
    {SIM_OP_EOS_GET_EVENT, "EosGetEvent"},
    {SIM_OP_EOS_TRANSFER_COMPLETE, "TransferComplete"},
    {SIM_OP_EOS_HDD_CAPACITY, "PCHDDCapacity"},
    {SIM_OP_EOS_SET_UI_LOCK, "SetUILock"},
    {SIM_OP_EOS_RESET_UI_LOCK, "ResetUILock"},
    {SIM_OP_EOS_KEEP_ON, "KeepDeviceOn"},
    {SIM_OP_EOS_REQUEST_PROP, "RequestDevicePropValue"},
    {SIM_OP_EOS_RELEASE_ON, "RemoteReleaseOn"},
    {SIM_OP_EOS_RELEASE_OFF, "RemoteReleaseOff"},
    {SIM_OP_EOS_REQUEST_OLC, "SetRequestOLCInfoGroup"},
    {SIM_OP_EOS_START_LIVE, "InitiateViewfinder"},
    {SIM_OP_EOS_END_LIVE, "TerminateViewfinder"},
    {SIM_OP_EOS_GET_LIVE, "GetViewFinderData"},
    {SIM_OP_EOS_DO_AF, "DoAf"},
    {SIM_OP_EOS_AF_CANCEL, "AfCancel"},
};

const char *sim_op_name (guint16 code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].code == code)
      return names[i].name;
  return NULL;
}

guint16 sim_op_from_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i].name, name) == 0)
      return names[i].code;
  return 0;
}
